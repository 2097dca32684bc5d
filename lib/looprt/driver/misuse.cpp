// The texts of the linter, for what happens at run time; a test compares them.
#include "looprt/misuse.h"

#include <utility>

namespace looprt {

loop_misuse_error::loop_misuse_error(int code, const std::string &message,
                                     std::string fix)
    : std::logic_error(message + " [LOOP" + std::to_string(code) + "]; " + fix),
      number(code), remedy(std::move(fix)) {}

namespace misuse {

void nested_run(const std::string &api) {
  throw loop_misuse_error(
      201, "`" + api + "` runs a loop inside a running loop",
      "`co_await` the task, and make the functions in between coroutines");
}

void self_deadlock_wait(const std::string &api) {
  throw loop_misuse_error(
      203,
      "`" + api +
          "` waits on the loop's own thread for work that needs that loop",
      "`co_await` it, or wait on another thread by `to_thread`");
}

void loop_bound_object(const std::string &object) {
  throw loop_misuse_error(404,
                          "`" + object + "` of one loop is used under another",
                          "make one for each run");
}

void unsafe_call_from_thread(const std::string &api) {
  throw loop_misuse_error(
      501,
      "`" + api +
          "` is called on a thread, while its loop runs on another: it is not "
          "thread-safe",
      "hand it over by `event_loop::post` or through a `blocking_portal`");
}

} // namespace misuse

} // namespace looprt
