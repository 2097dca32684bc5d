// What the kinds of triggers have in common. Kinds are internal: users hold a
// `trigger` and make it by the functions of trigger.h.
#pragma once

#include "looprt/trigger.h"

namespace looprt {

class trigger_model {
public:
  trigger_model() = default;
  trigger_model(const trigger_model &) = delete;
  trigger_model &operator=(const trigger_model &) = delete;
  virtual ~trigger_model() = default;

  /// The first fire time at or after \p from. What has no start yet starts at
  /// \p from.
  virtual std::optional<wall_time> at_or_after(wall_time from) const = 0;

  virtual std::optional<wall_time> next(std::optional<wall_time> previous,
                                        wall_time now) const {
    return at_or_after(previous ? *previous + microseconds(1) : now);
  }

  /// The fire times from \p first, which is one, to \p until; nothing where
  /// they can only be counted one by one.
  virtual std::optional<missed_times> count(wall_time /*first*/,
                                            wall_time /*until*/) const {
    return std::nullopt;
  }

  /// nullptr where nothing depends on when the schedule is added.
  virtual std::shared_ptr<const trigger_model>
  anchored(wall_time /*now*/) const {
    return nullptr;
  }

  virtual std::string text() const = 0;
};

/// `, zone="Europe/Berlin", gap=skip`: what differs from the defaults, for
/// text().
std::string text_of(const time_zone &zone, const dst_policy &dst);

} // namespace looprt
