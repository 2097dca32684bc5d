// Misuse of loops, refused where it happens. Code, wording and remedy are the
// linter's: `looplint explain LOOP201` has the whole story.
#pragma once

#include <stdexcept>
#include <string>

namespace looprt {

/// A program that does this is wrong; it should not be caught but repaired.
class loop_misuse_error : public std::logic_error {
public:
  /// \p code is 201 for LOOP201; \p fix says what to write instead.
  loop_misuse_error(int code, const std::string &message, std::string fix);

  int code() const { return number; }
  const std::string &fix() const { return remedy; }

private:
  int number;
  std::string remedy;
};

namespace misuse {

/// LOOP201: \p api would run a loop on a thread that runs one.
[[noreturn]] void nested_run(const std::string &api);
/// LOOP203: \p api would wait on a loop's thread for what that loop has to do.
[[noreturn]] void self_deadlock_wait(const std::string &api);
/// LOOP404: \p object is bound to another loop than the one that runs.
[[noreturn]] void loop_bound_object(const std::string &object);
/// LOOP501: \p api is called on a thread that is not the loop's.
[[noreturn]] void unsafe_call_from_thread(const std::string &api);

} // namespace misuse

} // namespace looprt
