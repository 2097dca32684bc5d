// Cron in a time zone. The search walks through the zone's periods, in each of
// which local time is UTC plus a constant, so it cannot be wrong about daylight
// saving time inside of one. What is left to decide is what happens between
// two:
//
//   a rhythm (`*/15 * * * *`)  nothing: what matches on the local clock fires
//   fixed times (`30 2 * * *`) let `mark` be the latest local time that was
//   ever
//     reached before the period begins, and `start` the local time it begins
//     at:
//       mark < start   a gap. A match in [mark, start) fires at the begin
//       start < mark   an overlap. Matches in [start, mark) have fired before
//
// Since each local time of an existing day lies in exactly one of these ranges
// or after the mark, a fixed time fires exactly once on it. A day that lies in
// a gap as a whole does not exist: nothing fires for it.
#include "text.h"
#include "trigger_model.h"

#include <algorithm>

namespace looprt {

using std::chrono::days;
using std::chrono::floor;

namespace {

class cron_model final : public trigger_model {
public:
  cron_model(cron_expression expression, cron_options options)
      : expression(std::move(expression)), options(std::move(options)) {}

  std::optional<wall_time> at_or_after(wall_time from) const override;
  std::string text() const override;

private:
  using period = time_zone::period;

  std::optional<sys_seconds> first_in(const period &now,
                                      sys_seconds from) const;
  local_seconds mark_before(sys_seconds begin) const;
  bool matches_in_gap(local_seconds mark, local_seconds start) const;
  local_seconds limit_of(const period &now) const;

  cron_expression expression;
  cron_options options;
};

} // namespace

std::optional<wall_time> cron_model::at_or_after(wall_time from) const {
  if (options.start)
    from = std::max(from, *options.start);
  auto time = std::chrono::ceil<std::chrono::seconds>(from);
  // 29 February on a given day of the week can be 40 years away.
  const sys_seconds horizon = time + std::chrono::years(100);
  while (time < horizon) {
    const period now = options.zone.period_at(time);
    if (const std::optional<sys_seconds> found = first_in(now, time)) {
      if (options.end && *found > *options.end)
        return std::nullopt;
      return *found;
    }
    time = now.end;
  }
  return std::nullopt;
}

std::optional<sys_seconds> cron_model::first_in(const period &now,
                                                sys_seconds from) const {
  local_seconds search = now.local(from);
  if (expression.is_fixed_time()) {
    const local_seconds mark = mark_before(now.begin);
    if (from == now.begin && from > time_zone::beginning &&
        options.dst.gap == dst_gap::run_after && matches_in_gap(mark, search))
      return from;
    if (options.dst.overlap == dst_overlap::first)
      search = std::max(search, mark);
  }

  const std::optional<local_seconds> match =
      expression.next(search, limit_of(now));
  if (!match)
    return std::nullopt;
  return now.utc(*match);
}

/// The latest local time reached before \p begin. Looks two days back: no two
/// clock changes that overlap the same hours are further apart.
local_seconds cron_model::mark_before(sys_seconds begin) const {
  if (begin <= time_zone::beginning)
    return local_seconds::min();
  period earlier = options.zone.period_at(begin - std::chrono::seconds(1));
  local_seconds mark = earlier.local(begin);
  while (earlier.begin > begin - days(2)) {
    const sys_seconds end = earlier.begin;
    earlier = options.zone.period_at(end - std::chrono::seconds(1));
    mark = std::max(mark, earlier.local(end));
  }
  return mark;
}

bool cron_model::matches_in_gap(local_seconds mark, local_seconds start) const {
  while (mark < start) {
    const std::optional<local_seconds> match = expression.next(mark, start);
    if (!match)
      return false;
    const std::chrono::local_days day = floor<days>(*match);
    if (day < mark || day + days(1) > start)
      return true;
    if (!options.zone.lacks(day))
      return true;
    mark = day + days(1);
  }
  return false;
}

/// Where the search in \p now ends, as local time.
local_seconds cron_model::limit_of(const period &now) const {
  const local_seconds end = now.local(now.end);
  if (!expression.is_fixed_time() || options.dst.overlap != dst_overlap::second)
    return end;
  // What comes again in the next period is left to that.
  return std::min(end, options.zone.period_at(now.end).local(now.end));
}

std::string cron_model::text() const {
  std::string text =
      "cron(\"" + expression.text() + '"' + text_of(options.zone, options.dst);
  if (options.start)
    text += ", start=" + text::format(*options.start);
  if (options.end)
    text += ", end=" + text::format(*options.end);
  return text + ')';
}

std::string text_of(const time_zone &zone, const dst_policy &dst) {
  std::string text;
  if (zone != time_zone())
    text += ", zone=\"" + zone.name() + '"';
  if (dst.gap == dst_gap::skip)
    text += ", gap=skip";
  if (dst.overlap == dst_overlap::both)
    text += ", overlap=both";
  if (dst.overlap == dst_overlap::second)
    text += ", overlap=second";
  return text;
}

trigger cron_trigger(std::string_view expression, cron_options options) {
  return trigger(std::make_shared<cron_model>(
      cron_expression::parse(expression), std::move(options)));
}

} // namespace looprt
