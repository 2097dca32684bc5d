// The table of job.h.
#include "looprt/job.h"

#include <array>

namespace looprt {

std::optional<job_state> after(job_state state, job_step step) {
  using enum job_state;
  constexpr std::optional<job_state> refused = std::nullopt;
  constexpr std::array<std::array<std::optional<job_state>, 3>, 4> table = {{
      {running, finished, refused},
      {refused, cancelling, finished},
      {refused, cancelling, finished},
      {refused, refused, refused},
  }};
  return table[static_cast<std::size_t>(state)][static_cast<std::size_t>(step)];
}

std::string_view name_of(job_outcome outcome) {
  constexpr std::array<std::string_view, 4> names = {"success", "error",
                                                     "cancelled", "abandoned"};
  return names[static_cast<std::size_t>(outcome)];
}

} // namespace looprt
