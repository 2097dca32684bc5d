#include <event2/event.h>
#include <event2/thread.h>

#include <thread>

static void wake_up(evutil_socket_t, short, void *) {}

int main() {
#ifndef LATE
  evthread_use_pthreads();
#endif
  event_base *base = event_base_new();
#ifdef LATE
  evthread_use_pthreads();
#endif
  event *wake = event_new(base, -1, EV_PERSIST, wake_up, nullptr);
  event_add(wake, nullptr);
  std::thread other([wake] { event_active(wake, 0, 0); });
  event_base_dispatch(base);
  other.join();
  event_free(wake);
  event_base_free(base);
}
