// One round of the loop: coroutines that can go on, timers that are due, and
// then whatever Asio has. Asio is only asked to sleep when there is nothing
// else to do, with a single timer of its own for the first of ours, and never
// for one that is due already: that costs a system call of 17 µs here.
#include "looprt/event_loop.h"

#include "looprt/misuse.h"
#include "looprt/timer_queue.h"
#include "portal_state.h"

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <asio/thread_pool.hpp>

#include <atomic>
#include <thread>
#include <unordered_map>

namespace looprt {

namespace {

thread_local event_loop *running_loop = nullptr;

/// How many coroutines and timers run before Asio gets its turn.
constexpr std::size_t round_budget = 1024;

/// A callback of call_at().
class callback final : public detail::timed {
public:
  callback(std::unordered_map<std::uint64_t, std::unique_ptr<callback>> &owner,
           std::function<void()> function)
      : owner(owner), function(std::move(function)) {}

  void time_has_come() override {
    const auto self = owner.extract(id); // it may arrange itself anew
    function();
  }

  std::uint64_t id = 0;

private:
  std::unordered_map<std::uint64_t, std::unique_ptr<callback>> &owner;
  std::function<void()> function;
};

} // namespace

struct event_loop::state {
  explicit state(event_loop_options options)
      : options(options), guard(asio::make_work_guard(context)),
        alarm(context) {}

  event_loop_options options;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard;
  asio::steady_timer alarm;
  std::optional<steady_time> alarm_due;
  std::unique_ptr<asio::thread_pool> threads;

  timer_queue<steady_time, detail::timed *> timers;
  std::unordered_map<std::uint64_t, std::unique_ptr<callback>> callbacks;
  std::vector<std::coroutine_handle<>> ready;
  std::vector<std::coroutine_handle<>> resumed; // the round's own, to reuse
  std::shared_ptr<detail::portal_state> portal;
  cancel_scope scope;
  std::size_t roots = 0;
  bool all_ended = true;
  int expected = 0;
  std::atomic<bool> closed = false;
  std::atomic<std::thread::id> thread{};
};

void detail::refuse_nested_run() {
  misuse::nested_run("event_loop::run_until_complete");
}

event_loop::event_loop(event_loop_options options)
    : self(std::make_unique<state>(options)) {
  self->portal = std::make_shared<detail::portal_state>(this);
}

event_loop::~event_loop() { close(); }

event_loop *event_loop::current() { return running_loop; }

bool event_loop::is_running() const {
  return self->thread.load() != std::thread::id();
}

bool event_loop::is_closed() const { return self->closed; }

virtual_clock *event_loop::driving_clock() const { return self->options.clock; }

asio::io_context &event_loop::context() { return self->context; }

asio::thread_pool &event_loop::threads() {
  if (!self->threads)
    self->threads = std::make_unique<asio::thread_pool>(self->options.threads);
  return *self->threads;
}

cancel_scope &event_loop::scope() { return self->scope; }

std::shared_ptr<detail::portal_state> event_loop::portal() {
  return self->portal;
}

steady_time event_loop::now() const {
  return self->options.clock ? self->options.clock->now()
                             : system_clock_source::shared().now();
}

wall_time event_loop::wall_now() const {
  return self->options.clock ? self->options.clock->wall_now()
                             : system_clock_source::shared().wall_now();
}

void event_loop::require_own_thread(const char *api) const {
  const std::thread::id owner = self->thread.load();
  if (owner != std::thread::id() && owner != std::this_thread::get_id())
    misuse::unsafe_call_from_thread(api);
}

void event_loop::post(std::function<void()> callback) {
  asio::post(self->context, std::move(callback));
}

void event_loop::resume_soon(std::coroutine_handle<> coroutine) {
  self->ready.push_back(coroutine);
}

std::uint64_t event_loop::arm(steady_time due, detail::timed *timed) {
  return static_cast<std::uint64_t>(self->timers.arm(due, timed));
}

void event_loop::disarm(std::uint64_t timer) {
  self->timers.cancel(timer_id{timer});
}

void event_loop::expect(int more) { self->expected += more; }

void event_loop::root_started() {
  ++self->roots;
  self->all_ended = false;
}

void event_loop::root_ended() { self->all_ended = --self->roots == 0; }

timer_handle event_loop::call_later(std::chrono::nanoseconds delay,
                                    std::function<void()> function) {
  return call_at(now() + delay, std::move(function));
}

timer_handle event_loop::call_at(steady_time due,
                                 std::function<void()> function) {
  require_own_thread("event_loop::call_at");
  auto made = std::make_unique<callback>(self->callbacks, std::move(function));
  const std::uint64_t id = arm(due, made.get());
  made->id = id;
  self->callbacks.emplace(id, std::move(made));
  return timer_handle{id};
}

bool event_loop::cancel(timer_handle timer) {
  require_own_thread("event_loop::cancel");
  const auto id = static_cast<std::uint64_t>(timer);
  if (self->callbacks.erase(id) == 0)
    return false;
  disarm(id);
  return true;
}

void event_loop::start_soon(task<void> task) {
  require_own_thread("event_loop::start_soon");
  detail::spawn(*this, scope(), std::move(task),
                [](const auto &, const std::exception_ptr &failure) {
                  try {
                    if (failure)
                      std::rethrow_exception(failure);
                  } catch (const task_cancelled &) {
                    // close() did that
                  } catch (...) {
                    std::terminate();
                  }
                });
}

namespace {

/// This thread runs this loop, for as long as the object lives.
class running {
public:
  running(event_loop *loop, std::atomic<std::thread::id> &thread)
      : thread(thread) {
    if (running_loop)
      misuse::nested_run("event_loop::run_until_complete");
    std::thread::id nobody{};
    if (!thread.compare_exchange_strong(nobody, std::this_thread::get_id()))
      misuse::unsafe_call_from_thread("event_loop::run_until_complete");
    running_loop = loop;
  }
  running(const running &) = delete;
  running &operator=(const running &) = delete;
  ~running() {
    running_loop = nullptr;
    thread.store(std::thread::id());
  }

private:
  std::atomic<std::thread::id> &thread;
};

} // namespace

void event_loop::run_until(const bool &done) {
  const running here(this, self->thread);
  while (!done) {
    // Those who become ready meanwhile have to wait for the next round.
    self->resumed.swap(self->ready);
    for (const std::coroutine_handle<> coroutine : self->resumed)
      coroutine.resume();
    self->resumed.clear();
    self->timers.run_due(now(), round_budget, [](const auto &timer) {
      timer.payload->time_has_come();
    });
    if (done)
      break;

    const std::optional<steady_time> next = self->timers.next_deadline();
    if (!self->ready.empty() || (next && *next <= now())) {
      self->context.poll();
      continue;
    }
    if (next && self->options.clock && self->expected == 0) {
      if (self->context.poll() == 0)
        self->options.clock->advance(*next - now());
      continue;
    }
    if (next && !self->options.clock && self->alarm_due != next) {
      self->alarm.expires_at(
          std::chrono::steady_clock::time_point(next->time_since_epoch()));
      self->alarm.async_wait([](const auto &) {});
      self->alarm_due = next;
    }
    self->context.run_one();
    if (self->alarm_due && *self->alarm_due <= now())
      self->alarm_due.reset();
  }
}

void event_loop::close() {
  if (self->closed)
    return;
  // From here on portals refuse new calls.
  self->closed = true;
  self->portal->close();
  self->scope.cancel();
  while (!self->all_ended)
    run_until(self->all_ended);
  if (self->threads)
    self->threads->join();
  self->context.poll();
}

} // namespace looprt
