// Reads cron expressions into sets of bits. cron.h has the grammar.
#include "looprt/cron.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

namespace looprt {

using std::string_view;

namespace {

struct field {
  string_view name;
  int least;
  int most;
  string_view names; // three letters each, the first means `least`
};

constexpr field second_field{"second", 0, 59, ""};
constexpr field minute_field{"minute", 0, 59, ""};
constexpr field hour_field{"hour", 0, 23, ""};
constexpr field day_field{"day of month", 1, 31, ""};
constexpr field month_field{"month", 1, 12,
                            "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"};
constexpr field weekday_field{"day of week", 0, 7, "SUNMONTUEWEDTHUFRISAT"};

struct alias {
  string_view name;
  string_view expression;
};

constexpr std::array<alias, 7> aliases = {{{"@yearly", "0 0 1 1 *"},
                                           {"@annually", "0 0 1 1 *"},
                                           {"@monthly", "0 0 1 * *"},
                                           {"@weekly", "0 0 * * 0"},
                                           {"@daily", "0 0 * * *"},
                                           {"@midnight", "0 0 * * *"},
                                           {"@hourly", "0 * * * *"}}};

std::vector<string_view> split(string_view text, string_view separators) {
  std::vector<string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end =
        std::min(text.find_first_of(separators, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool is_star(string_view item) {
  return item.starts_with('*') || item.starts_with('?');
}

/// One of the items is a star, as `*/15`.
bool has_star(string_view field) {
  const std::vector<string_view> items = split(field, ",");
  return std::any_of(items.begin(), items.end(), is_star);
}

} // namespace

class cron_parser {
public:
  explicit cron_parser(string_view text) : text(text) {}

  cron_expression parse();

private:
  [[noreturn]] void refuse(const std::string &why) const {
    throw std::invalid_argument("cron `" + std::string(text) + "`: " + why);
  }

  std::vector<string_view> fields() const;
  int value(const field &field, string_view item) const;
  std::uint64_t range(const field &field, string_view item) const;
  std::uint64_t set(const field &field, string_view list) const;
  void read_days(string_view list);
  void read_weekdays(string_view list);
  bool read_special_day(string_view item);
  bool read_special_weekday(string_view item);
  void refuse_if_never() const;

  string_view text;
  cron_expression result;
};

cron_expression cron_expression::parse(string_view text) {
  return cron_parser(text).parse();
}

cron_expression cron_parser::parse() {
  const std::vector<string_view> parts = fields();
  const std::size_t first =
      parts.size() - 5; // of minute hour day month weekday
  result.source = text;
  result.seconds = first == 1 ? set(second_field, parts[0]) : 1;
  result.minutes = set(minute_field, parts[first]);
  result.hours = static_cast<std::uint32_t>(set(hour_field, parts[first + 1]));
  result.months =
      static_cast<std::uint16_t>(set(month_field, parts[first + 3]));

  string_view weekdays = parts[first + 4];
  result.day.both = weekdays.starts_with('+');
  if (result.day.both)
    weekdays.remove_prefix(1);
  // As in Vixie's cron, a star restricts nothing by itself, even with a step:
  // the other field then has to match as well.
  result.day.both |= has_star(parts[first + 2]) || has_star(weekdays);
  read_days(parts[first + 2]);
  read_weekdays(weekdays);

  const auto end = parts.begin() + static_cast<std::ptrdiff_t>(first) + 2;
  result.fixed_time = std::none_of(parts.begin(), end, has_star);
  refuse_if_never();
  return std::move(result);
}

std::vector<string_view> cron_parser::fields() const {
  string_view expression = text;
  if (text.starts_with('@')) {
    const auto *found =
        std::find_if(aliases.begin(), aliases.end(),
                     [&](const alias &alias) { return alias.name == text; });
    if (found == aliases.end())
      refuse("there is no such abbreviation");
    expression = found->expression;
  }

  std::vector<string_view> parts = split(expression, " \t");
  std::erase(parts, "");
  if (parts.size() != 5 && parts.size() != 6)
    refuse(std::to_string(parts.size()) + " fields where 5 or 6 belong");
  return parts;
}

int cron_parser::value(const field &field, string_view item) const {
  if (item.size() == 3 && !field.names.empty()) {
    std::string name(item);
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
      return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    });
    for (std::size_t at = 0; at < field.names.size(); at += 3)
      if (field.names.substr(at, 3) == name)
        return field.least + static_cast<int>(at / 3);
  }

  const std::optional<int> number = text::digits(item);
  if (!number)
    refuse("`" + std::string(item) + "` is no " + std::string(field.name));
  if (*number < field.least || *number > field.most)
    refuse(std::string(field.name) + " " + std::string(item) + " is not in " +
           std::to_string(field.least) + "-" + std::to_string(field.most));
  return *number;
}

/// `*`, `a`, `a-b`, each with or without `/n`, as bits.
std::uint64_t cron_parser::range(const field &field, string_view item) const {
  const std::size_t slash = item.find('/');
  const string_view base = item.substr(0, slash);
  const bool stepped = slash != item.npos;
  const std::size_t dash = base.find('-');

  int first = field.least;
  int last = field.most;
  if (base == "*" || base == "?") {
    last -= &field == &weekday_field; // Sunday once
  } else {
    first = value(field, base.substr(0, dash));
    if (dash != base.npos)
      last = value(field, base.substr(dash + 1));
    else if (!stepped)
      last = first;
    if (&field == &weekday_field && last == 0 && first > 0)
      last = 7; // FRI-SUN
    if (last < first)
      refuse("the range `" + std::string(base) + "` runs backwards");
  }

  int step = 1;
  if (stepped) {
    step = text::digits(item.substr(slash + 1)).value_or(0);
    if (step == 0 || step > field.most - field.least)
      refuse("`" + std::string(item) + "` has no step that fits a " +
             std::string(field.name));
  }

  std::uint64_t bits = 0;
  for (int at = first; at <= last; at += step)
    bits |= std::uint64_t{1} << at;
  return bits;
}

std::uint64_t cron_parser::set(const field &field, string_view list) const {
  std::uint64_t bits = 0;
  for (const string_view item : split(list, ","))
    bits |= range(field, item);
  return bits;
}

void cron_parser::read_days(string_view list) {
  for (const string_view item : split(list, ","))
    if (!read_special_day(item))
      result.day.days |= static_cast<std::uint32_t>(range(day_field, item));
}

bool cron_parser::read_special_day(string_view item) {
  if (item == "L") {
    result.day.before_last |= 1;
    return true;
  }
  if (item == "LW" || item == "WL") {
    result.day.last_weekday = true;
    return true;
  }
  if (item.starts_with("L-")) {
    const std::optional<int> before = text::digits(item.substr(2));
    if (!before || *before > 30)
      refuse("`" + std::string(item) + "` is not in L-0 to L-30");
    result.day.before_last |= 1U << *before;
    return true;
  }
  if (!item.ends_with('W'))
    return false;
  item.remove_suffix(1);
  result.day.nearest |= 1U << value(day_field, item);
  return true;
}

void cron_parser::read_weekdays(string_view list) {
  std::uint64_t bits = 0;
  for (const string_view item : split(list, ","))
    if (!read_special_weekday(item))
      bits |= range(weekday_field, item);
  result.day.weekdays = static_cast<std::uint8_t>((bits | bits >> 7) & 0x7f);
}

bool cron_parser::read_special_weekday(string_view item) {
  const std::size_t hash = item.find('#');
  if (hash != item.npos) {
    const int weekday = value(weekday_field, item.substr(0, hash)) % 7;
    const int nth = text::digits(item.substr(hash + 1)).value_or(0);
    if (nth < 1 || nth > 5)
      refuse("`" + std::string(item) + "` counts from #1 to #5");
    result.day.nth[static_cast<std::size_t>(weekday)] |=
        static_cast<std::uint8_t>(1 << nth);
    return true;
  }
  if (!item.ends_with('L'))
    return false;
  item.remove_suffix(1);
  if (item.empty())
    refuse("`L` in the day of week wants to know which: `5L`");
  result.day.last_weekdays |=
      static_cast<std::uint8_t>(1 << value(weekday_field, item) % 7);
  return true;
}

void cron_parser::refuse_if_never() const {
  // The calendar repeats itself after 400 years.
  using namespace std::chrono;
  const local_days first{year(2000) / January / 1};
  const local_days last{year(2400) / January / 1};
  if (!result.next(first, last))
    refuse("there is no such date");
}

} // namespace looprt
