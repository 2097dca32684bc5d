// Into a loop from other threads.
//
//   looprt::blocking_portal portal(loop);         // give it to the thread
//   int n = portal.call([] { return answer(); }); // on that thread
//
// A portal may be copied and outlives its loop. Calls after the loop is closed,
// and those under way when it closes, end in portal_closed: nobody hangs.
#pragma once

#include "looprt/event_loop.h"
#include "looprt/misuse.h"

#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace looprt {

class portal_closed : public std::runtime_error {
public:
  portal_closed() : std::runtime_error("the loop of this portal is closed") {}
};

namespace detail {

template <class T> struct awaited_of {
  using type = T;
};
template <class T> struct awaited_of<task<T>> {
  using type = T;
};

void post_to(portal_state &portal, std::function<void(event_loop &)> callback);
bool is_own_thread(portal_state &portal);

template <class T> struct portal_call {
  std::promise<T> promise;
  cancel_scope *scope = nullptr; // while it runs; of the loop's thread
  bool cancelled = false;        // before it ran

  void fail(const std::exception_ptr &failure, bool closing) {
    try {
      std::rethrow_exception(failure);
    } catch (const task_cancelled &) {
      promise.set_exception(closing ? std::make_exception_ptr(portal_closed())
                                    : failure);
    } catch (...) {
      promise.set_exception(failure);
    }
  }
};

template <class T, class Function> task<T> invoke_as_task(Function function) {
  if constexpr (std::is_same_v<std::invoke_result_t<Function &>, task<T>>)
    co_return co_await function();
  else
    co_return function();
}

template <class T, class Function>
task<void> run_call(std::shared_ptr<portal_call<T>> call, Function function) {
  const here where = co_await here();
  cancel_scope scope(where.scope);
  call->scope = &scope;
  if (call->cancelled)
    scope.cancel();
  try {
    if constexpr (std::is_void_v<T>) {
      co_await invoke_as_task<T>(std::move(function)).in(scope);
      call->promise.set_value();
    } else {
      call->promise.set_value(
          co_await invoke_as_task<T>(std::move(function)).in(scope));
    }
  } catch (...) {
    call->fail(std::current_exception(), where.loop->is_closed());
  }
  call->scope = nullptr;
}

} // namespace detail

/// The result of a call that goes on meanwhile. Any thread.
template <class T> class portal_future {
public:
  /// Blocks until the result is there, and returns or throws it. LOOP203 on the
  /// loop's own thread, where it would wait for itself.
  T get() {
    if (detail::is_own_thread(*portal))
      misuse::self_deadlock_wait("portal_future::get");
    return future.get();
  }

  /// True where the result came within \p limit. LOOP203 as get().
  bool wait_for(std::chrono::nanoseconds limit) const {
    if (detail::is_own_thread(*portal))
      misuse::self_deadlock_wait("portal_future::wait_for");
    return future.wait_for(limit) == std::future_status::ready;
  }

  /// Asks the call to end; get() then throws task_cancelled, unless it was
  /// done.
  void cancel() {
    try {
      detail::post_to(*portal, [call = call](event_loop &) {
        call->cancelled = true;
        if (call->scope)
          call->scope->cancel();
      });
    } catch (const portal_closed &) {
      // It ends in any case.
    }
  }

private:
  friend class blocking_portal;
  portal_future(std::shared_ptr<detail::portal_state> portal,
                std::shared_ptr<detail::portal_call<T>> call)
      : portal(std::move(portal)), call(std::move(call)),
        future(this->call->promise.get_future()) {}

  std::shared_ptr<detail::portal_state> portal;
  std::shared_ptr<detail::portal_call<T>> call;
  std::future<T> future;
};

class blocking_portal {
public:
  explicit blocking_portal(event_loop &loop) : state(loop.portal()) {}

  /// Calls \p function on the loop, awaits the task that it may return, and
  /// blocks this thread until then. LOOP203 on the loop's own thread.
  template <class Function> auto call(Function function) const {
    if (detail::is_own_thread(*state))
      misuse::self_deadlock_wait("blocking_portal::call");
    return start_task_soon(std::move(function)).get();
  }

  /// The same without waiting. Throws portal_closed.
  template <class Function> auto start_task_soon(Function function) const {
    using result_type =
        typename detail::awaited_of<std::invoke_result_t<Function &>>::type;
    auto call = std::make_shared<detail::portal_call<result_type>>();
    portal_future<result_type> result(state, call);
    auto start = [call,
                  function = std::move(function)](event_loop &loop) mutable {
      if (loop.is_closed())
        call->promise.set_exception(std::make_exception_ptr(portal_closed()));
      else
        loop.start_soon(detail::run_call(call, std::move(function)));
    };
    detail::post_to(*state, std::move(start));
    return result;
  }

private:
  std::shared_ptr<detail::portal_state> state;
};

} // namespace looprt
