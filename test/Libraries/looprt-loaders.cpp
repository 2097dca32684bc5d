// looprt's loader and loop in C++: what is asked for one by one, what is kept from run to run, and a loop that is run by hand.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread -isystem%source/include
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning|info}}:'
#include <looprt/data_loader.h>
#include <looprt/event_loop.h>
#include <looprt/run.h>

#include <string>
#include <vector>

using Users = looprt::data_loader<int, std::string>;

static looprt::task<std::vector<looprt::load_result<std::string>>> fetch(std::vector<int> keys) {
  std::vector<looprt::load_result<std::string>> all;
  for (int key : keys)
    all.emplace_back(std::to_string(key));
  co_return all;
}

looprt::task<std::string> by_line(Users &users, int id) { co_return co_await users.load(id); }

looprt::task<std::size_t> feed_bad(std::vector<int> ids) {
  Users users(fetch);
  std::size_t length = 0;
  for (int id : ids)
    // CHECK: program.cpp:[[@LINE+1]]:16: warning: `looprt::data_loader::load` is awaited one by one in a loop: each load is a batch of its own [LOOP801]
    length += (co_await users.load(id)).size();
  for (int id : ids)
    // CHECK: program.cpp:[[@LINE+1]]:16: warning: `looprt::data_loader::load` is awaited one by one in a loop{{.*}} [LOOP801]
    length += (co_await by_line(users, id)).size();
  co_return length;
}

looprt::task<std::size_t> feed_ok(std::vector<int> ids) {
  Users users(fetch);
  const std::vector<std::string> names = co_await users.load_many(ids);
  co_return names.size();
}

// The next key is in the answer to this one.
looprt::task<std::size_t> FP_walk(int id) {
  Users users(fetch);
  std::string name;
  while (id != 0) {
    name = co_await users.load(id);
    id = std::stoi(name);
  }
  co_return name.size();
}

// CHECK: program.cpp:[[@LINE+1]]:14: error: `looprt::data_loader` of one loop is used under another: what waits for it waits for a loop that does not run [LOOP404]
static Users kept(fetch);
looprt::task<std::size_t> page_bad(int id) { co_return (co_await kept.load(id)).size(); }

// Several requests of one run.
looprt::task<std::size_t> request(Users &users, int id) { co_return (co_await users.load(id)).size(); }
looprt::task<std::size_t> FP_one_run() {
  Users users(fetch);
  co_return co_await request(users, 1);
}

void by_hand_bad() {
  // CHECK: program.cpp:[[@LINE+1]]:22: info: `looprt::event_loop`: a loop is made, run and closed by hand{{.*}} [LOOP403]
  looprt::event_loop loop;
  loop.run_until_complete(feed_ok({1}));
  loop.close();
}

int main() {
  looprt::run(feed_bad({1, 2}));
  looprt::run(feed_ok({1, 2}));
  looprt::run(FP_walk(1));
  looprt::run(page_bad(1));
  looprt::run(page_bad(2));
  looprt::run(FP_one_run());
  by_hand_bad();
}
