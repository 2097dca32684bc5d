// See text.h. Nothing here reads the locale.
#include "text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace looprt::text {

using namespace std::chrono;

std::optional<int> digits(std::string_view digits) {
  if (digits.empty() || digits.size() > 9)
    return std::nullopt;
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9')
      return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string two_digits(int value) {
  return {static_cast<char>('0' + value / 10 % 10),
          static_cast<char>('0' + value % 10)};
}

static std::string format_date(year_month_day date) {
  std::array<char, 32> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u",
                                 static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()),
                                 static_cast<unsigned>(date.day()));
  return {buffer.data(), static_cast<std::size_t>(size)};
}

static std::optional<year_month_day> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-')
    return std::nullopt;
  const std::optional<int> y = digits(text.substr(0, 4));
  const std::optional<int> m = digits(text.substr(5, 2));
  const std::optional<int> d = digits(text.substr(8, 2));
  if (!y || !m || !d)
    return std::nullopt;
  const year_month_day date{year(*y), month(static_cast<unsigned>(*m)),
                            day(static_cast<unsigned>(*d))};
  if (!date.ok())
    return std::nullopt;
  return date;
}

std::string format_time_of_day(seconds time) {
  const auto total = static_cast<int>(time.count());
  return two_digits(total / 3600) + ':' + two_digits(total / 60 % 60) + ':' +
         two_digits(total % 60);
}

std::optional<seconds> parse_time_of_day(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':')
    return std::nullopt;
  const std::optional<int> h = digits(text.substr(0, 2));
  const std::optional<int> m = digits(text.substr(3, 2));
  const std::optional<int> s = digits(text.substr(6, 2));
  if (!h || !m || !s || *h > 23 || *m > 59 || *s > 59)
    return std::nullopt;
  return hours(*h) + minutes(*m) + seconds(*s);
}

std::string format(wall_time time) {
  const auto day = floor<days>(time);
  const auto second = floor<seconds>(time - day);
  const auto rest = (time - day - second).count();
  std::string text =
      format_date(year_month_day(day)) + 'T' + format_time_of_day(second);
  if (rest != 0) {
    const std::string fraction = std::to_string(rest);
    text += '.' + std::string(6 - fraction.size(), '0') + fraction;
  }
  return text + 'Z';
}

std::optional<wall_time> parse_time(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text.back() != 'Z')
    return std::nullopt;
  const std::optional<year_month_day> date = parse_date(text.substr(0, 10));
  const std::optional<seconds> time = parse_time_of_day(text.substr(11, 8));
  if (!date || !time)
    return std::nullopt;

  microseconds fraction{0};
  if (text.size() > 20) {
    const std::string_view written = text.substr(20, text.size() - 21);
    const std::optional<int> value = digits(written);
    if (text[19] != '.' || !value || written.size() > 6)
      return std::nullopt;
    int scaled = *value;
    for (std::size_t digit = written.size(); digit < 6; ++digit)
      scaled *= 10;
    fraction = microseconds(scaled);
  }
  return wall_time(sys_days(*date)) + *time + fraction;
}

std::string format(local_days day) { return format_date(year_month_day(day)); }

std::optional<local_days> parse_day(std::string_view text) {
  const std::optional<year_month_day> date = parse_date(text);
  if (!date)
    return std::nullopt;
  return local_days(*date);
}

namespace {

struct unit {
  std::string_view name;
  microseconds size;
};

constexpr std::array<unit, 6> units = {{{"d", days(1)},
                                        {"h", hours(1)},
                                        {"m", minutes(1)},
                                        {"s", seconds(1)},
                                        {"ms", milliseconds(1)},
                                        {"us", microseconds(1)}}};

} // namespace

std::string format(microseconds span) {
  if (span == microseconds(0))
    return "0s";
  std::string text = span < microseconds(0) ? "-" : "";
  microseconds left = abs(span);
  for (const unit &unit : units) {
    const auto count = left / unit.size;
    if (count == 0)
      continue;
    text += std::to_string(count) + std::string(unit.name);
    left -= count * unit.size;
  }
  return text;
}

std::optional<microseconds> parse_span(std::string_view text) {
  if (text.empty())
    return std::nullopt;
  microseconds total{0};
  while (!text.empty()) {
    const std::size_t number = text.find_first_not_of("0123456789");
    if (number == text.npos)
      return std::nullopt;
    const std::size_t end = text.find_first_of("0123456789", number);
    const std::string_view name = text.substr(number, end - number);
    const auto *found =
        std::find_if(units.begin(), units.end(), [&](const unit &candidate) {
          return candidate.name == name;
        });
    const std::optional<int> count = digits(text.substr(0, number));
    if (found == units.end() || !count)
      return std::nullopt;
    total += *count * found->size;
    text.remove_prefix(end == text.npos ? text.size() : end);
  }
  return total;
}

} // namespace looprt::text
