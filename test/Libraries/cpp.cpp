// What the models of C++'s libraries lead to: fields of handles, completion tokens, pools, owners, containers.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>
#include <uv.h>

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

// A handle belongs to the loop that it was initialised with, and `data` leads from the callback back to the object.
class Progress {
public:
  explicit Progress(uv_loop_t *loop) {
    uv_timer_init(loop, &repaint);
    repaint.data = this;
    work.data = this;
    uv_queue_work(loop, &work, &Progress::compute_bad, &Progress::finish_ok);
  }

private:
  static void compute_bad(uv_work_t *request) {
    auto *self = static_cast<Progress *>(request->data);
    uv_sleep(5); // on a thread of the pool
    // CHECK: program.cpp:[[@LINE+1]]:5: error: `uv_timer_start` is called on a worker thread, while its loop runs on another{{.*}}[LOOP501]
    uv_timer_start(&self->repaint, nullptr, 1, 0);
  }
  static void finish_ok(uv_work_t *request, int) {
    auto *self = static_cast<Progress *>(request->data);
    uv_timer_start(&self->repaint, &Progress::tick_bad, 1, 0);
  }
  static void tick_bad(uv_timer_t *timer) {
    uv_fs_t request;
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `uv_fs_stat` stops the running loop{{.*}}[LOOP601]
    uv_fs_stat(timer->loop, &request, "/", nullptr);
    uv_fs_stat(timer->loop, &request, "/", [](uv_fs_t *) {});
    // CHECK: program.cpp:[[@LINE+1]]:5: error: `uv_run` runs a loop inside a running loop{{.*}}[LOOP201]
    uv_run(timer->loop, UV_RUN_NOWAIT);
  }

  uv_timer_t repaint{};
  uv_work_t work{};
};

void use_libuv() {
  auto loop = std::make_unique<uv_loop_t>();
  if (uv_loop_init(loop.get()) != 0)
    return; // none was made
  Progress progress(loop.get());
  uv_run(loop.get(), UV_RUN_DEFAULT);
  // CHECK: program.cpp:[[@LINE+1]]:3: warning: `uv_loop_close` does not close the loop: what `uv_timer_init` has put on it is never taken away [LOOP401]
  uv_loop_close(loop.get());
}

// What comes back depends on the token, and the strand stands for its context.
class Account {
public:
  explicit Account(asio::io_context &io) : strand(asio::make_strand(io)) {}

  void read_bad() {
    asio::post(strand, [this] {
      std::future<int> sum = asio::post(strand, std::packaged_task<int()>([] { return 3; }));
      // CHECK: program.cpp:[[@LINE+1]]:7: error: `std::future::get` waits on the loop's own thread for work that needs that loop{{.*}}[LOOP203]
      sum.get();
    });
  }
  void nest_bad(asio::io_context &io) {
    asio::post(io, [&io] {
      // CHECK: program.cpp:[[@LINE+1]]:7: warning: `asio::io_context::poll` runs a loop inside a running loop: other handlers run in the middle of this one{{.*}}[LOOP201]
      io.poll();
    });
  }

private:
  asio::strand<asio::io_context::executor_type> strand;
};

void wait_for_other_pool_ok(asio::thread_pool &first, asio::thread_pool &second) {
  asio::post(first, [&second] { asio::post(second, std::packaged_task<int()>([] { return 1; })).get(); });
}

void wait_for_own_pool_bad(asio::thread_pool &pool) {
  asio::post(pool, [&pool] {
    // CHECK: program.cpp:[[@LINE+1]]:5: error: `std::future::get` waits on a thread of a pool for work that needs a thread of the same pool{{.*}}[LOOP203]
    asio::post(pool, std::packaged_task<int()>([] { return 1; })).get();
  });
}

// Callables in containers, behind iterators and owners.
class Commands {
public:
  Commands() {
    byName["wait"] = [this] { pause_bad(); };
    later.push_back(std::make_shared<std::function<void()>>([this] { again_bad(); }));
  }
  void run(const std::string &name) {
    auto found = byName.find(name);
    if (found != byName.end())
      found->second();
    (*later.front())();
  }

private:
  void pause_bad() {
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `std::this_thread::sleep_for` stops the running loop{{.*}}[LOOP601]
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  void again_bad() {
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `std::this_thread::sleep_for` stops the running loop{{.*}}[LOOP601]
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  std::map<std::string, std::function<void()>> byName;
  std::vector<std::shared_ptr<std::function<void()>>> later;
};

int main() {
  use_libuv();
  asio::io_context io;
  Account account(io);
  account.read_bad();
  account.nest_bad(io);
  asio::thread_pool first(1), second(1);
  wait_for_other_pool_ok(first, second);
  wait_for_own_pool_bad(first);
  Commands commands;
  asio::post(io, [&commands] { commands.run("wait"); });
  // A member function by its name, with its object in front.
  std::thread runner(static_cast<std::size_t (asio::io_context::*)()>(&asio::io_context::run), &io);
  runner.join();
}
