// Loaders that the program has written itself: nothing but their code tells what they are.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>
#include <string>
#include <vector>

// Those who ask in the same turn of the loop share one query.
class Names {
public:
  asio::awaitable<std::string> of(int key) {
    wanted.push_back(key);
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
    if (!wanted.empty())
      wanted.clear();
    co_return std::to_string(key);
  }

private:
  std::vector<int> wanted;
};

class Prices {
public:
  asio::awaitable<int> of(int key);

private:
  std::vector<int> wanted;
};

asio::awaitable<int> Prices::of(int key) {
  wanted.push_back(key);
  co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
  std::vector<int> batch;
  batch.swap(wanted);
  co_return static_cast<int>(batch.size());
}

// One at a time, and what it remembers is no batch.
class Stock {
public:
  asio::awaitable<int> of(int key) {
    seen.push_back(key);
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
    co_return static_cast<int>(seen.size());
  }
  asio::awaitable<int> only(int key) {
    seen.clear();
    seen.push_back(key);
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
    co_return key;
  }

private:
  std::vector<int> seen;
};

// Nothing comes back, so nobody asks for anything.
class Log {
public:
  asio::awaitable<void> write(std::string line) {
    lines.push_back(line);
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
    lines.clear();
  }

private:
  std::vector<std::string> lines;
};

static asio::awaitable<std::string> line(Names &names, int key) { co_return "by " + co_await names.of(key); }

static asio::awaitable<void> pages(std::vector<int> keys) {
  Names names;
  Prices prices;
  Stock stock;
  Log log;
  for (int key : keys)
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `Names::of` is awaited one by one in a loop: each load is a batch of its own [LOOP801]
    co_await names.of(key);
  for (int key : keys)
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `Names::of` is awaited one by one in a loop{{.*}} [LOOP801]
    co_await line(names, key);
  for (int key : keys)
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `Prices::of` is awaited one by one in a loop{{.*}} [LOOP801]
    co_await prices.of(key);
  for (int key : keys) {
    co_await stock.of(key);
    co_await stock.only(key);
    co_await log.write("line");
  }
  int next = 1;
  for (int key : keys)
    next = co_await prices.of(next + 0 * key); // FP: each key is in the answer before
}

int main() {
  asio::io_context context;
  asio::co_spawn(context, pages({1, 2, 3}), asio::detached);
  context.run();
}
