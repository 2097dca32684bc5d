// What every trigger answers, by what its kind answers.
#include "trigger_model.h"

namespace looprt {

trigger::trigger(std::shared_ptr<const trigger_model> model)
    : model(std::move(model)) {}

std::optional<wall_time> trigger::next(std::optional<wall_time> previous,
                                       wall_time now) const {
  return model->next(previous, now);
}

std::optional<wall_time> trigger::at_or_after(wall_time from) const {
  return model->at_or_after(from);
}

std::string trigger::text() const { return model->text(); }

trigger trigger::anchored(wall_time now) const {
  std::shared_ptr<const trigger_model> fixed = model->anchored(now);
  return fixed ? trigger(std::move(fixed)) : *this;
}

/// The latest fire time from \p first, which is one, to \p until. Looks back
/// from \p until in growing steps, so the work does not grow with the number of
/// fire times but with how unevenly they lie.
static wall_time latest(const trigger_model &model, wall_time first,
                        wall_time until) {
  microseconds back(1);
  wall_time found = first;
  for (; until - back > first; back *= 2)
    if (const std::optional<wall_time> time = model.at_or_after(until - back);
        time && *time <= until) {
      found = *time;
      break;
    }

  for (;;) {
    const std::optional<wall_time> time =
        model.at_or_after(found + microseconds(1));
    if (!time || *time > until)
      return found;
    found = *time;
  }
}

missed_times trigger::missed(wall_time after, wall_time until,
                             std::uint64_t cap) const {
  missed_times missed;
  std::optional<wall_time> time = model->at_or_after(after + microseconds(1));
  if (!time || *time > until)
    return missed;

  if (const std::optional<missed_times> counted = model->count(*time, until))
    return *counted;
  while (time && *time <= until && missed.count < cap) {
    ++missed.count;
    missed.last = *time;
    time = model->at_or_after(*time + microseconds(1));
  }
  missed.capped = time && *time <= until;
  if (missed.capped)
    missed.last = latest(*model, *time, until);
  return missed;
}

} // namespace looprt
