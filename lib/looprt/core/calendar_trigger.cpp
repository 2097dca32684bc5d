// Steps on the calendar. The k-th date is counted from the start, never from
// the date before, so that 31 January + 2 months is 31 March although there is
// no 31 February to pass through.
#include "text.h"
#include "trigger_model.h"

#include <array>
#include <stdexcept>

namespace looprt {

using namespace std::chrono;

namespace {

class calendar_model final : public trigger_model {
public:
  explicit calendar_model(calendar_interval interval)
      : step(std::move(interval)) {
    if (step.years < 0 || step.months < 0 || step.weeks < 0 || step.days < 0)
      throw std::invalid_argument("a calendar interval cannot be negative");
    if (step.years + step.months + step.weeks + step.days == 0)
      throw std::invalid_argument(
          "a calendar interval must be longer than nothing");
    if (step.at < seconds(0) || step.at >= days(1))
      throw std::invalid_argument(
          "the time of day is not in 00:00 to 23:59:59");
  }

  std::optional<wall_time> at_or_after(wall_time from) const override;
  std::shared_ptr<const trigger_model> anchored(wall_time now) const override;
  std::string text() const override;

private:
  std::optional<local_days> date(std::int64_t k) const;
  std::int64_t count_before(local_days start, local_days day) const;
  std::optional<sys_seconds> fire_time(local_days day, wall_time from) const;
  local_days day_of(wall_time time) const;

  calendar_interval step;
};

} // namespace

local_days calendar_model::day_of(wall_time time) const {
  const auto second = floor<seconds>(time);
  return floor<days>(step.zone.period_at(second).local(second));
}

/// The k-th date; nothing where there is no such date.
std::optional<local_days> calendar_model::date(std::int64_t k) const {
  const year_month_day first(*step.start);
  const auto over = static_cast<int>(k * (step.years * 12 + step.months));
  const year_month_day moved = first + std::chrono::months(over);
  if (!moved.ok())
    return std::nullopt;
  return local_days(moved) + days(k * (step.weeks * 7 + step.days));
}

/// A k whose date is not after \p day, and not many steps before it.
std::int64_t calendar_model::count_before(local_days start,
                                          local_days day) const {
  // No month is longer than 31 days, so this never steps too far.
  const std::int64_t longest = std::int64_t{step.years} * 366 +
                               std::int64_t{step.months} * 31 +
                               std::int64_t{step.weeks} * 7 + step.days;
  if (day <= start)
    return 0;
  // Nor is any step half as long, so twice that is too far.
  std::int64_t low = (day - start).count() / longest;
  std::int64_t high = low * 2 + 2;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    const year_month_day first(start);
    const auto over =
        static_cast<int>(middle * (step.years * 12 + step.months));
    const year_month month =
        year_month(first.year(), first.month()) + std::chrono::months(over);
    const local_days least = local_days(month / std::chrono::day(1)) +
                             days(middle * (step.weeks * 7 + step.days));
    (least <= day ? low : high) = middle;
  }
  return low > 1 ? low - 2 : 0;
}

std::optional<wall_time> calendar_model::at_or_after(wall_time from) const {
  if (!step.start)
    return anchored(from)->at_or_after(from);

  // A day early: a gap may move a fire time over midnight.
  const local_days day = day_of(from) - days(1);
  std::int64_t k = count_before(*step.start, day);
  // 29 February may be eight years away, with a step of seven years 56.
  for (int tries = 0; tries < 5000; ++tries, ++k) {
    const std::optional<local_days> next = date(k);
    if (!next)
      continue;
    if (step.end && *next > *step.end)
      return std::nullopt;
    if (const std::optional<sys_seconds> time = fire_time(*next, from))
      return *time;
  }
  return std::nullopt;
}

/// When the trigger fires for \p day, at or after \p from.
std::optional<sys_seconds> calendar_model::fire_time(local_days day,
                                                     wall_time from) const {
  if (step.zone.lacks(day))
    return std::nullopt;
  const time_zone::instants at = step.zone.instants_of(day + step.at);
  if (at.in_gap && step.dst.gap == dst_gap::skip)
    return std::nullopt;
  if (step.dst.overlap != dst_overlap::second && at.first >= from)
    return at.first;
  if (step.dst.overlap != dst_overlap::first && at.second >= from)
    return at.second;
  return std::nullopt;
}

std::shared_ptr<const trigger_model>
calendar_model::anchored(wall_time now) const {
  if (step.start)
    return nullptr;
  calendar_interval fixed = step;
  fixed.start = day_of(now);
  return std::make_shared<calendar_model>(std::move(fixed));
}

std::string calendar_model::text() const {
  struct part {
    const char *name;
    int count;
  };
  std::string text = "calendar(";
  for (const part &part : std::array<struct part, 4>{{{"years=", step.years},
                                                      {"months=", step.months},
                                                      {"weeks=", step.weeks},
                                                      {"days=", step.days}}})
    if (part.count > 0)
      text += part.name + std::to_string(part.count) + ", ";
  text += "at=" + text::format_time_of_day(step.at);
  if (step.start)
    text += ", start=" + text::format(*step.start);
  if (step.end)
    text += ", end=" + text::format(*step.end);
  return text + text_of(step.zone, step.dst) + ')';
}

trigger calendar_interval_trigger(calendar_interval interval) {
  return trigger(std::make_shared<calendar_model>(std::move(interval)));
}

} // namespace looprt
