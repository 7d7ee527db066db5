// The emoji that Charter writes by name; others keep their name.

const EMOJI = {
  "+1": "👍", "-1": "👎", alarm_clock: "⏰", arrow_right: "➡️", arrows_counterclockwise: "🔄",
  ballot_box_with_check: "☑️", bar_chart: "📊", bell: "🔔", black_circle: "⚫", blue_heart: "💙",
  books: "📚", bulb: "💡", bust_in_silhouette: "👤", busts_in_silhouette: "👥", calendar: "📆",
  chart_with_upwards_trend: "📈", check: "✔️", checkered_flag: "🏁", clipboard: "📋", clock3: "🕒",
  construction: "🚧", crown: "👑", date: "📅", eyes: "👀", file_folder: "📁", fire: "🔥",
  gear: "⚙️", hammer_and_wrench: "🛠️", handshake: "🤝", heavy_check_mark: "✔️",
  hourglass_flowing_sand: "⏳", house: "🏠", information_source: "ℹ️", key: "🔑", label: "🏷️",
  large_blue_circle: "🔵", large_green_circle: "🟢", large_orange_circle: "🟠",
  large_yellow_circle: "🟡", link: "🔗", lock: "🔒", mag: "🔍", memo: "📝", no_entry: "⛔",
  no_entry_sign: "🚫", octagonal_sign: "🛑", package: "📦", pause_button: "⏸️", pencil2: "✏️",
  point_right: "👉", pushpin: "📌", question: "❓", red_circle: "🔴", robot_face: "🤖",
  rocket: "🚀", scroll: "📜", seedling: "🌱", shield: "🛡️", sparkles: "✨", speech_balloon: "💬",
  star: "⭐", tada: "🎉", thinking_face: "🤔", triangular_flag_on_post: "🚩", unlock: "🔓",
  warning: "⚠️", wave: "👋", white_check_mark: "✅", white_circle: "⚪", x: "❌", zap: "⚡",
};

export function emoji(name) {
  return EMOJI[name] ?? `:${name}:`;
}
