// Objects of Asio, libevent and folly, used from a thread that does not run their loop.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands src -std=c++20 -pthread -I%t/include
// RUN: sh each.sh %looplint | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- each.sh
for program in src/*.cpp; do
  "$1" check -q --no-cache --output-format=concise "$program"
done
true
//--- include/folly.h
#pragma once
#include <functional>
#include <memory>
namespace folly {
struct EventBase {
  void loopForever();
  void terminateLoopSoon();
  void runInLoop(std::function<void()> f);
  void runAfterDelay(std::function<void()> f, unsigned milliseconds);
  void runInEventBaseThread(std::function<void()> f);
  bool isInEventBaseThread();
};
struct AsyncSocket {
  explicit AsyncSocket(EventBase *base);
  void closeNow();
  void write(void *callback, const char *bytes, unsigned long size);
};
struct AsyncTimeout {
  explicit AsyncTimeout(EventBase *base);
  virtual void timeoutExpired() noexcept = 0;
  bool scheduleTimeout(unsigned milliseconds);
  void cancelTimeout();
};
}
//--- src/asio_.cpp
#include <asio.hpp>
#include <memory>
#include <string>
#include <thread>

class Session {
public:
  explicit Session(asio::io_context &context) : socket(context), timer(context), acceptor(context), strand(asio::make_strand(context)) {}
  void read() {
    socket.async_read_some(asio::buffer(bytes), [this](asio::error_code, std::size_t) {
      timer.expires_after(std::chrono::seconds(1));
      read();
    });
  }
  void from_thread_bad() {
    asio::error_code code;
    // CHECK: src/asio_.cpp:[[@LINE+1]]:5: error: {{.*}}close` is called on a worker thread, while its loop runs on another{{.*}} [LOOP501]
    socket.close(code);
    // CHECK: src/asio_.cpp:[[@LINE+1]]:5: error: {{.*}}cancel` is called on a worker thread{{.*}} [LOOP501]
    timer.cancel();
    // CHECK: src/asio_.cpp:[[@LINE+1]]:5: error: {{.*}}close` is called on a worker thread{{.*}} [LOOP501]
    acceptor.close();
    // CHECK: src/asio_.cpp:[[@LINE+1]]:5: error: `asio::async_write` is called on a worker thread{{.*}} [LOOP501]
    asio::async_write(socket, asio::buffer(bytes), [](asio::error_code, std::size_t) {});
  }
  void from_thread_ok() {
    asio::post(socket.get_executor(), [this] { socket.close(); });
    asio::dispatch(strand, [this] { timer.cancel(); });
  }
  asio::ip::tcp::socket socket;
  asio::steady_timer timer;

private:
  asio::ip::tcp::acceptor acceptor;
  asio::strand<asio::io_context::executor_type> strand;
  char bytes[16];
};

int main() {
  asio::io_context context;
  Session session(context);
  session.read();
  std::thread other([&session] {
    session.from_thread_bad();
    session.from_thread_ok();
  });
  context.run();
  other.join();
  session.timer.cancel(); // FP: nobody runs any more
}
//--- src/folly_.cpp
#include <folly.h>
#include <thread>

class Expiry : public folly::AsyncTimeout {
public:
  using AsyncTimeout::AsyncTimeout;
  void timeoutExpired() noexcept override { scheduleTimeout(10); }
};

int main() {
  folly::EventBase base;
  folly::AsyncSocket socket(&base);
  Expiry expiry(&base);
  std::thread other([&] {
    // CHECK: src/folly_.cpp:[[@LINE+1]]:5: error: `folly::EventBase::runInLoop` is called on a worker thread{{.*}} `runInEventBaseThread` is for that [LOOP501]
    base.runInLoop([] {});
    // CHECK: src/folly_.cpp:[[@LINE+1]]:5: error: `folly::EventBase::runAfterDelay` is called on a worker thread{{.*}} [LOOP501]
    base.runAfterDelay([] {}, 10);
    // CHECK: src/folly_.cpp:[[@LINE+1]]:5: error: `folly::AsyncSocket::write` is called on a worker thread{{.*}} [LOOP501]
    socket.write(nullptr, "a", 1);
    // CHECK: src/folly_.cpp:[[@LINE+1]]:5: error: `folly::AsyncTimeout::cancelTimeout` is called on a worker thread{{.*}} [LOOP501]
    expiry.cancelTimeout();
    base.runInEventBaseThread([&] {
      socket.closeNow();
      expiry.cancelTimeout();
    });
    if (base.isInEventBaseThread())
      socket.closeNow(); // FP
  });
  base.loopForever();
  other.join();
}
//--- src/libevent_.cpp
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <thread>

static void tick(evutil_socket_t, short, void *) {}
static void read_ok(bufferevent *buffered, void *) { bufferevent_write(buffered, "a", 1); }

static void answer(evhttp_request *request) {
  evbuffer *body = evbuffer_new();
  evbuffer_add_printf(body, "hello");
  // CHECK: src/libevent_.cpp:[[@LINE+1]]:3: error: `evhttp_send_reply` is called on a worker thread{{.*}} [LOOP501]
  evhttp_send_reply(request, HTTP_OK, "OK", body);
  evbuffer_free(body);
}
static void page_bad(evhttp_request *request, void *) {
  std::thread([request] { answer(request); }).detach();
}
static void stream_bad(evhttp_request *request, void *) {
  std::thread([request] {
    // CHECK: src/libevent_.cpp:[[@LINE+1]]:5: error: `evhttp_send_reply_start` is called on a worker thread{{.*}} [LOOP501]
    evhttp_send_reply_start(request, HTTP_OK, "OK");
    // CHECK: src/libevent_.cpp:[[@LINE+1]]:5: error: `evhttp_send_reply_end` is called on a worker thread{{.*}} [LOOP501]
    evhttp_send_reply_end(request);
  }).detach();
}
static void page_ok(evhttp_request *request, void *) { evhttp_send_error(request, HTTP_NOTFOUND, nullptr); }
static void send_ok(evutil_socket_t, short, void *request) {
  evhttp_send_error(static_cast<evhttp_request *>(request), HTTP_NOTFOUND, nullptr);
}
static void page_later_bad(evhttp_request *request, void *base) {
  std::thread([request, base] {
    event *trigger = event_new(static_cast<event_base *>(base), -1, 0, send_ok, request);
    // CHECK: src/libevent_.cpp:[[@LINE+1]]:5: error: `event_active` is called on a worker thread{{.*}} [LOOP501]
    event_active(trigger, 0, 0);
  }).detach();
}

int main() {
  event_base *base = event_base_new();
  event *timer = event_new(base, -1, EV_PERSIST, tick, nullptr);
  bufferevent *buffered = bufferevent_socket_new(base, -1, 0);
  bufferevent_setcb(buffered, read_ok, nullptr, nullptr, nullptr);
  bufferevent_enable(buffered, EV_READ);
  evhttp *server = evhttp_new(base);
  evhttp_set_gencb(server, page_bad, nullptr);
  evhttp_set_cb(server, "/stream", stream_bad, nullptr);
  evhttp_set_cb(server, "/ok", page_ok, nullptr);
  evhttp_set_cb(server, "/later", page_later_bad, base);
  std::thread other([&] {
    timeval second{1, 0};
    // CHECK: src/libevent_.cpp:[[@LINE+1]]:5: error: `event_add` is called on a worker thread{{.*}} [LOOP501]
    event_add(timer, &second);
    // CHECK: src/libevent_.cpp:[[@LINE+1]]:5: error: `event_base_once` is called on a worker thread{{.*}} [LOOP501]
    event_base_once(base, -1, EV_TIMEOUT, tick, nullptr, &second);
    // CHECK: src/libevent_.cpp:[[@LINE+1]]:5: error: `bufferevent_write` is called on a worker thread{{.*}} [LOOP501]
    bufferevent_write(buffered, "a", 1);
    // CHECK: src/libevent_.cpp:[[@LINE+1]]:5: error: `evbuffer_add` is called on a worker thread{{.*}} [LOOP501]
    evbuffer_add(bufferevent_get_output(buffered), "a", 1);
    // CHECK: src/libevent_.cpp:[[@LINE+1]]:5: error: `evhttp_bind_socket` is called on a worker thread{{.*}} [LOOP501]
    evhttp_bind_socket(server, "localhost", 80);
    evbuffer *own = evbuffer_new();
    evbuffer_add(own, "a", 1); // FP: its own
    evbuffer_free(own);
  });
  event_base_dispatch(base);
  other.join();
  bufferevent_free(buffered);
  evhttp_free(server);
  event_free(timer);
  event_base_free(base);
}
