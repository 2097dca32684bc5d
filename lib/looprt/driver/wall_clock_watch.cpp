// A timer of the kernel's for a time that never comes. See wall_clock_watch.h.
#include "wall_clock_watch.h"

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#ifdef __linux__
#include <sys/timerfd.h>
#include <unistd.h>
#endif

namespace looprt::detail {

namespace {

/// -1 where this system has none.
int open_alarm() {
#ifdef __linux__
  const int opened =
      ::timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (opened < 0)
    return -1;
  // 32 bits of seconds, where there are no more, or the year 2242.
  itimerspec never{};
  never.it_value.tv_sec = static_cast<time_t>(std::min<std::int64_t>(
      std::int64_t{1} << 33, std::numeric_limits<time_t>::max()));
  if (::timerfd_settime(opened, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET,
                        &never, nullptr) == 0)
    return opened;
  ::close(opened);
#endif
  return -1;
}

} // namespace

struct wall_clock_watch::descriptor {
  descriptor(asio::io_context &context, int opened, std::function<void()> told)
      : stream(context, opened), told(std::move(told)) {}

  asio::posix::stream_descriptor stream;
  std::function<void()> told;

  /// Asio may hold an answer when the watch has gone.
  static void listen(const std::shared_ptr<descriptor> &self) {
    const std::weak_ptr<descriptor> watched = self;
    self->stream.async_wait(
        asio::posix::stream_descriptor::wait_read,
        [watched](const auto &error) {
          const std::shared_ptr<descriptor> self = watched.lock();
          if (!self || error)
            return;
          std::uint64_t count = 0;
          asio::error_code was_set; // which is how it says so
          self->stream.read_some(asio::buffer(&count, sizeof(count)), was_set);
          self->told();
          listen(self);
        });
  }
};

wall_clock_watch::wall_clock_watch(event_loop &loop, std::function<void()> told)
    : clock(loop.driving_clock()) {
  if (clock) {
    clock->on_set(this, std::move(told));
    return;
  }
  const int opened = open_alarm();
  if (opened < 0)
    return;
  alarm = std::make_shared<descriptor>(loop.context(), opened, std::move(told));
  descriptor::listen(alarm);
}

wall_clock_watch::~wall_clock_watch() {
  if (clock)
    clock->forget(this);
}

} // namespace looprt::detail
