"""Sheets written by hand in the styles that people keep RACI in, with faults planted in them.

All people and projects are those of the sample workspace and of `team.json`. Tables are text; what
only a workbook has (merged cells, hidden rows, real days, formulas) is made here with openpyxl.
"""

from collections.abc import Mapping
from datetime import date

from tests.handlers.service.wild.making import Wild, book, hide, phases, since_1904, table

HEAD = ("Stage", "Nia Okonkwo", "Bea Lind", "Cy Moss")
TIDY = ("Project", "Stage", "Component", "Letter", "Person", "Since", "Until", "Source", "ID")


WILD: Mapping[str, Wild] = {
    # Matrices
    "english_matrix": Wild(
        table("""
Stage,Nia Okonkwo,Bea Lind,Cy Moss,Ivo Petrov
Feature choice,A/R,,I,I
Data pipeline,I,"A,R",C,-
Annotation,R,A,c,
Roll-out,I,C,RA,X
""")
    ),
    "combined_letters": Wild(
        table("""
Activity,Nia,Tariq,Olga
Feature choice,"A, R",R,C
Success metrics,I,r+i,"A and C"
Annotation,Ｒ/Ａ,R*,n/a
""")
    ),
    "two_accountable": Wild(
        table("""
Task;Nia Okonkwo;Bea Lind;Cy Moss
Annotation;A, R;R;A
Success metrics;A;;C
""")
    ),
    "people_by_mail_and_handle": Wild(
        table("""
Deliverable,nia@ternferries.example,@bea,<@U0CY>,@bea-tern,nobody@ternferries.example
Annotation,I,A,R,,C
Success metrics,A,,,,
""")
    ),
    "ambiguous_first_name": Wild(
        table("""
Stage,Bea,Nia
Annotation,A,I
Success metrics,,A
""")
    ),
    "roles_as_columns": Wild(
        table("""
Stage,Product Manager,Data Engineer,ML engineer,Data Scientist
Feature choice,A/R,,I,I
Data pipeline,I,A/R,C,
Annotation,,R,,C
Roll-out,,A,R,
""")
    ),
    "merged_phases": Wild(
        book(
            (
                "RACI",
                [
                    ["RACI of the Berth Planner"],
                    [None, None, "Data", "Data", "Product"],
                    ["Phase", "Activity", "Bea Lind", "Tariq Suleiman", "Nia Okonkwo"],
                    ["Data", "Data pipeline", "A/R", "C", "I"],
                    [None, "Data quality", "C", "R", "I"],
                    [None, "Annotation", "A", "R", "I"],
                    ["Delivery"],
                    ["Run", "Roll-out", "C", None, "I"],
                    ["Run", "Go-live party", "C", None, "I"],
                ],
            ),
            edit=phases,
        )
    ),
    "project_above_the_table": Wild(
        table("""
RACI matrix,,,
Project:,Wake Watch,,
,,,
Stage,Hana Mori,Cy Moss,Greta Solberg
Modelling,A/R,C,
Annotation,C,R,A/R
"""),
        project=None,
    ),
    "a_sheet_a_project": Wild(
        book(
            ("Berth Planner", [HEAD, ("Annotation", "A", "R", None)]),
            ("Wake Watch", [HEAD, ("Annotation", "I", "R", None)]),
            ("Orion", [HEAD, ("Annotation", "I", "R", None)]),
            ("Budget", [("Item", "Amount"), ("Labels", 1200)]),
        ),
        project=None,
    ),
    "totals_and_legend": Wild(
        table("""
Stage,Nia Okonkwo,Bea Lind
Annotation,A,R
Success metrics,A,C
Total,2,2
,,
"R = responsible, A = accountable",,
"""),
    ),
    "components": Wild(
        table("""
Stage,Component,Bea Lind,Tariq Suleiman,Leo
Data pipeline,,A/R,C,
Data pipeline,Tide feed,A/R,C,R
Roll-out,Berth board,,,R
"""),
    ),
    "unknown_column": Wild(
        table("""
Stage,Nia Okonkwo,Confidence,Bea Lind
Annotation,A,rather high,R
"""),
    ),
    "unknown_column_placed": Wild(
        table("""
Stage,Nia Okonkwo,Confidence,The boss
Annotation,I,rather high,A
"""),
        placed={"Confidence": "not read", "The boss": "Bea Lind"},
    ),
    "vacant_columns": Wild(
        book(
            (
                "Team",
                [
                    [None, "Data Engineer", "Data Engineer", "ML Engineer"],
                    ["Stage", "Bea Lind", "vacant", "vacant"],
                    ["Data pipeline", "A/R", "R", None],
                    ["Annotation", None, "A vacant", "C vacant"],
                ],
            ),
        ),
    ),
    # Lists
    "english_list": Wild(
        table("""
Task,Responsible,Accountable,Consulted,Informed,Due date,Notes
Feature choice,Nia + Tariq,Nia Okonkwo,Olga Weiss,"Ivo, Cy",2026-12-01,weekly
Annotation,"Suleiman, Tariq",Bea Lind,Hana and Ivo,vacant (ML engineer),,
Roll-out,Leo / Cy,Cy Moss,David + Eli,-,,
"""),
    ),
    "list_in_brackets": Wild(
        table("""
No.|Work item|Owner (A)|Doers (R)|Advisers (C)|R: Responsible
1|Annotation|Bea Lind|Tariq Suleiman; Greta Solberg|Hana Mori|
2|Success metrics|Bea Lind|Ivo Petrov||
"""),
    ),
    "german_list": Wild(
        table("""
Aufgabe;Zuständig (R);Rechenschaftspflichtig (A);Zu konsultieren;Zu informieren;Bemerkung
Ideenfindung;Nia Okonkwo und Tariq;Nia Okonkwo;Olga Weiß;Ivo Petrov;ok
Annotierung;offen: Data Engineer;Bea Lind;-;Nia;
Einführung;Leo;N.N.;Bea Lind;Olga Weiss;
"""),
    ),
    "german_matrix_in_cp1252": Wild(
        table(
            """
Aktivität;Nia Okonkwo;Bea Lind;Léo Fontaine
Datenqualität;I;C;
Problemstellung;C;I;
Einführung;I;C;R
Durchführung;I;C;R
""",
            "cp1252",
        )
    ),
    "french_list": Wild(
        table("""
Étape;Réalisateur;Approbateur;Consultés;Informés
Idée;Nia Okonkwo et Tariq Suleiman;Nia Okonkwo;Olga Weiss;Ivo
Étiquetage;à pourvoir (Data engineer);Bea Lind;Hana Mori;
Déploiement;Léo Fontaine;Nia Okonkwo, Cy Moss;;
"""),
    ),
    "french_matrix": Wild(
        book(
            (
                "Matrice RACI",
                [
                    ("Projet", "Étape", "Nia Okonkwo", "Fontaine, Léo", "Cy Moss"),
                    ("Berth Planner", "Déploiement", "I", "R", "A/R"),
                    ("Berth Planner", "Cadrage", "C", "I", None),
                    ("Berth Planner", "Qualité", "C", None, None),
                ],
            )
        ),
        project=None,
    ),
    "spanish_list": Wild(
        table("""
Tarea,Encargado,Aprueba,Consultados,Informados,Estado
Idea de producto,Nia y Tariq,Nia Okonkwo,Olga Weiss,José Núñez,en curso
Etiquetado,por contratar (Data engineer),José Núñez,,Nia,
Despliegue,Leo,vacante,Bea Lind,Olga,
"""),
    ),
    "spanish_tidy": Wild(
        table("""
Proyecto,Etapa,Letra,Persona,Desde
Berth,Métricas de éxito,C,Bea Lind,3 de marzo de 2026
Berth,Métricas de éxito,A,Nia Okonkwo,3 de marzo de 2026
Berth,Etiquetado,A,José Núñez,03/04/2026
Berth,Etiquetado,R,José Núñez,31/02/2026
"""),
        project=None,
    ),
    "spanish_tidy_with_the_order_said": Wild(
        table("""
Proyecto,Etapa,Letra,Persona,Desde
Berth,Etiquetado,A,José Núñez,03/04/2026
Berth,Etiquetado,R,José Núñez,03/04/2026
"""),
        project=None,
        dates="dmy",
    ),
    "chinese_list": Wild(
        table("""
任务,负责人,批准人,咨询,知会,备注
数据标注,李娜、Hana Mori,Bea Lind,Ivo Petrov,Nia,
成功指标,李娜,待定（数据工程师）,,Nia,每周
部署,张伟,Cy Moss,,,
"""),
    ),
    "chinese_matrix": Wild(
        table(
            """
阶段\t李娜\tBea Lind\tNia Okonkwo
数据标注\tR\tA\tI
数据质量\tC\tC\tI
建模\tＲ\t无\tI
""",
            "utf-16",
        ),
    ),
    # What files may be
    "csv_with_a_mark": Wild(
        b"\xef\xbb\xbf"
        + table("""
sep=;
Stage;Nia Okonkwo;Bea Lind
Annotation;I;A
""")
    ),
    "hidden_rows_and_filters": Wild(
        book(
            (
                "RACI",
                [
                    HEAD,
                    ("Annotation", "I", "A", "R"),
                    ("Success metrics", "A", None, "C"),
                    ("Data quality", "I", "C", None),
                ],
            ),
            edit=hide,
        )
    ),
    "formulas_without_values": Wild(
        book(
            (
                "RACI",
                [
                    HEAD,
                    ("Annotation", "I", '=IF(1=1,"A","R")', None),
                    ("Success metrics", "A", None, None),
                ],
            ),
        )
    ),
    "days_from_1904": Wild(
        book(
            (
                "RACI",
                [
                    TIDY,
                    (
                        "Berth Planner",
                        "Annotation",
                        None,
                        "A",
                        "Bea Lind",
                        date(2026, 3, 4),
                        None,
                        None,
                        None,
                    ),
                    (
                        "Berth Planner",
                        "Annotation",
                        None,
                        "C",
                        "Ivo Petrov",
                        date(2027, 3, 4),
                        None,
                        None,
                        None,
                    ),
                ],
            ),
            edit=since_1904,
        ),
        project=None,
    ),
    "charters_own_list_renamed_and_sorted": Wild(
        book(
            (
                "Our RACI",
                [
                    TIDY,
                    (
                        "Berth Planner",
                        "Roll out (new)",
                        None,
                        "A",
                        "Cy Moss",
                        None,
                        None,
                        "load",
                        "berth/rollout/A/cy",
                    ),
                    (
                        "The planner",
                        "Data pipeline",
                        None,
                        "R",
                        "vacant (Data Engineer, DE-114)",
                        None,
                        None,
                        "load",
                        "berth/data_pipeline/R/vacant:Data Engineer:DE-114",
                    ),
                    (
                        "Berth Planner",
                        "Data pipeline",
                        None,
                        "A",
                        "Bea Lind",
                        None,
                        None,
                        "load",
                        "berth/data_pipeline/A/bea",
                    ),
                    ("Berth Planner", "Annotation", None, None, "Bea Lind", None, None, None, None),
                    ("Berth Planner", "Annotation", None, "A", None, None, None, None, None),
                ],
            ),
        ),
        project=None,
    ),
    "another_projects_archive": Wild(
        table("""
Project,Stage,A
Lighthouse,Roll-out,Nia Okonkwo
Berth,Annotation,Dev Rao
Berth,Success metrics,Nia Okonkwo
"""),
        project=None,
    ),
    "no_letters_at_all": Wild(
        table("""
Region,Turnover,Growth
North,12,3%
South,14,4%
"""),
    ),
    "no_project_said": Wild(
        table("""
Stage,Nia Okonkwo
Annotation,A
"""),
        project=None,
    ),
}
