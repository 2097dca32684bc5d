// The bookkeeping of task groups.
#include "looprt/task_group.h"

#include <string>

namespace looprt {

exception_group::exception_group(std::vector<std::exception_ptr> failures)
    : std::runtime_error(std::to_string(failures.size()) + " tasks failed"),
      all(std::move(failures)) {}

task_group::task_group(detail::here where, error_policy policy)
    : loop(*where.loop), outer(where.scope), own_scope(where.scope),
      policy(policy) {}

void task_group::start_soon(task<void> task) {
  loop.require_own_thread("task_group::start_soon");
  ++running;
  detail::spawn(loop, own_scope, std::move(task),
                [this](const auto &, const std::exception_ptr &failure) {
                  ended(failure);
                });
}

static bool is_cancellation(const std::exception_ptr &failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const task_cancelled &) {
    return true;
  } catch (...) {
    return false;
  }
}

void task_group::ended(const std::exception_ptr &failure) {
  if (failure && !is_cancellation(failure)) {
    failures.push_back(failure);
    if (policy == error_policy::cancel_others)
      own_scope.cancel();
  }
  if (--running == 0 && joining)
    joining->wake();
}

void task_group::throw_failures() const {
  if (failures.size() == 1)
    std::rethrow_exception(failures.front());
  if (!failures.empty())
    throw exception_group(failures);
  // The group was stopped from outside: so is who waits for it.
  if (outer->is_cancelled())
    throw task_cancelled();
}

} // namespace looprt
