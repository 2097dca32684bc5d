// Triggers that need no calendar: one date, equal steps of real time, and what
// is made of other triggers.
#include "text.h"
#include "trigger_model.h"

#include <algorithm>
#include <stdexcept>

namespace looprt {

namespace {

class date_model final : public trigger_model {
public:
  explicit date_model(wall_time time) : time(time) {}

  std::optional<wall_time> at_or_after(wall_time from) const override {
    if (from > time)
      return std::nullopt;
    return time;
  }

  std::optional<wall_time> next(std::optional<wall_time> previous,
                                wall_time /*now*/) const override {
    if (previous && *previous >= time)
      return std::nullopt;
    return time;
  }

  std::string text() const override {
    return "date(" + text::format(time) + ')';
  }

private:
  wall_time time;
};

class interval_model final : public trigger_model {
public:
  interval_model(microseconds step, interval_options options)
      : step(step), options(options) {
    if (step <= microseconds(0))
      throw std::invalid_argument("an interval must be longer than nothing");
  }

  std::optional<wall_time> at_or_after(wall_time from) const override {
    wall_time time = options.start.value_or(from);
    if (from > time) {
      const auto steps = (from - time + step - microseconds(1)) / step;
      time += steps * step;
    }
    if (options.end && time > *options.end)
      return std::nullopt;
    return time;
  }

  std::optional<wall_time> next(std::optional<wall_time> previous,
                                wall_time now) const override {
    if (!previous || options.start)
      return trigger_model::next(previous, now);
    // Without a start, the rhythm is that of the fire times.
    return interval_model(step, {*previous, options.end})
        .at_or_after(*previous + microseconds(1));
  }

  std::optional<missed_times> count(wall_time first,
                                    wall_time until) const override {
    if (options.end)
      until = std::min(until, *options.end);
    const auto steps = (until - first) / step;
    return missed_times{.count = static_cast<std::uint64_t>(steps) + 1,
                        .last = first + steps * step};
  }

  std::shared_ptr<const trigger_model> anchored(wall_time now) const override {
    if (options.start)
      return nullptr;
    return std::make_shared<interval_model>(step,
                                            interval_options{now, options.end});
  }

  std::string text() const override {
    std::string text = "interval(" + text::format(step);
    if (options.start)
      text += ", start=" + text::format(*options.start);
    if (options.end)
      text += ", end=" + text::format(*options.end);
    return text + ')';
  }

private:
  microseconds step;
  interval_options options;
};

using triggers = std::vector<trigger>;

std::string joined(const triggers &parts) {
  std::string text;
  for (const trigger &part : parts)
    text += (text.empty() ? "" : ", ") + part.text();
  return text;
}

triggers all_anchored(const triggers &parts, wall_time now) {
  triggers anchored;
  for (const trigger &part : parts)
    anchored.push_back(part.anchored(now));
  return anchored;
}

class or_model final : public trigger_model {
public:
  explicit or_model(triggers parts) : parts(std::move(parts)) {}

  std::optional<wall_time> at_or_after(wall_time from) const override {
    std::optional<wall_time> first;
    for (const trigger &part : parts)
      if (const std::optional<wall_time> time = part.at_or_after(from))
        first = first ? std::min(*first, *time) : *time;
    return first;
  }

  std::shared_ptr<const trigger_model> anchored(wall_time now) const override {
    return std::make_shared<or_model>(all_anchored(parts, now));
  }

  std::string text() const override { return "or(" + joined(parts) + ')'; }

private:
  triggers parts;
};

class and_model final : public trigger_model {
public:
  and_model(triggers parts, microseconds threshold)
      : parts(std::move(parts)), threshold(threshold) {}

  std::optional<wall_time> at_or_after(wall_time from) const override {
    // The first trigger to fire in a meeting may do so up to the threshold
    // before the last one, whose time is the meeting's.
    wall_time reached = from - threshold;
    for (int misses = 0; misses < 100'000; ++misses) {
      wall_time earliest = wall_time::max();
      wall_time latest = wall_time::min();
      for (const trigger &part : parts) {
        const std::optional<wall_time> time = part.at_or_after(reached);
        if (!time)
          return std::nullopt;
        earliest = std::min(earliest, *time);
        latest = std::max(latest, *time);
      }
      if (latest - earliest <= threshold && latest >= from)
        return latest;
      reached = std::max(earliest + microseconds(1), latest - threshold);
    }
    return std::nullopt;
  }

  std::shared_ptr<const trigger_model> anchored(wall_time now) const override {
    return std::make_shared<and_model>(all_anchored(parts, now), threshold);
  }

  std::string text() const override {
    return "and(" + joined(parts) + ", threshold=" + text::format(threshold) +
           ')';
  }

private:
  triggers parts;
  microseconds threshold;
};

} // namespace

trigger date_trigger(wall_time time) {
  return trigger(std::make_shared<date_model>(time));
}

trigger interval_trigger(microseconds step, interval_options options) {
  return trigger(std::make_shared<interval_model>(step, options));
}

trigger or_trigger(std::vector<trigger> triggers) {
  if (triggers.empty())
    throw std::invalid_argument("`or` of no triggers never fires");
  return trigger(std::make_shared<or_model>(std::move(triggers)));
}

trigger and_trigger(std::vector<trigger> triggers, microseconds threshold) {
  if (triggers.empty())
    throw std::invalid_argument("`and` of no triggers never fires");
  if (threshold < microseconds(0))
    throw std::invalid_argument("a threshold cannot be negative");
  return trigger(std::make_shared<and_model>(std::move(triggers), threshold));
}

} // namespace looprt
