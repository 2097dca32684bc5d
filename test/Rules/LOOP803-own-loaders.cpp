// Loaders that the program has written itself, and keeps: what they remember outlives the request.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>
#include <map>
#include <string>
#include <unordered_map>

struct Row {
  std::string name;
  int expires = 0;
};

asio::awaitable<Row> fetch(int key) {
  co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
  co_return Row{std::to_string(key)};
}

class Users {
public:
  asio::awaitable<Row> of(int key) {
    if (auto known = rows.find(key); known != rows.end())
      co_return known->second;
    Row row = co_await fetch(key);
    rows.emplace(key, row);
    co_return row;
  }

private:
  std::map<int, Row> rows;
};

class Prices {
public:
  asio::awaitable<Row> of(int key);

private:
  std::unordered_map<int, Row> rows;
};

asio::awaitable<Row> Prices::of(int key) {
  if (!rows.count(key))
    rows[key] = co_await fetch(key);
  co_return rows.at(key);
}

// What is too old is loaded again.
class Weather {
public:
  asio::awaitable<Row> of(int key) {
    auto known = rows.find(key);
    if (known != rows.end() && known->second.expires > 10)
      co_return known->second;
    Row row = co_await fetch(key);
    rows[key] = row;
    co_return row;
  }

private:
  std::map<int, Row> rows;
};

// What changes is forgotten.
class Stock {
public:
  asio::awaitable<Row> of(int key) {
    if (rows.contains(key))
      co_return rows.at(key);
    Row row = co_await fetch(key);
    rows[key] = row;
    co_return row;
  }
  void changed(int key) { rows.erase(key); }

private:
  std::map<int, Row> rows;
};

// Only so much is kept.
class Pages {
public:
  asio::awaitable<Row> of(int key) {
    if (rows.contains(key))
      co_return rows.at(key);
    Row row = co_await fetch(key);
    if (rows.size() > 100)
      rows.clear();
    rows[key] = row;
    co_return row;
  }

private:
  std::map<int, Row> rows;
};

// A timer empties it.
class Names {
public:
  explicit Names(asio::io_context &context) : timer(context) {
    timer.async_wait([this](asio::error_code) { rows.clear(); });
  }
  asio::awaitable<Row> of(int key) {
    if (rows.contains(key))
      co_return rows.at(key);
    Row row = co_await fetch(key);
    rows[key] = row;
    co_return row;
  }

private:
  asio::steady_timer timer;
  std::map<int, Row> rows;
};

// It remembers nothing that it answers with.
class Seen {
public:
  asio::awaitable<Row> of(int key) {
    if (counts.contains(key))
      co_return Row{};
    Row row = co_await fetch(key);
    counts[key] = 1;
    co_return row;
  }

private:
  std::map<int, int> counts;
};

static Users &users() {
  // CHECK: program.cpp:[[@LINE+1]]:16: warning: `Users` makes a loader that is kept from one run or request to the next: it answers with what it loaded before, and never lets go of it [LOOP803]
  static Users shared;
  return shared;
}

// CHECK: program.cpp:[[@LINE+1]]:15: warning: `Prices` makes a loader that is kept {{.*}} [LOOP803]
static Prices prices;
static Weather weather;
static Stock stock;
static Pages pages;
static Seen seen;

static Names &names(asio::io_context &context) {
  static Names shared(context);
  return shared;
}

static asio::awaitable<void> answer(int key) {
  Users fresh;
  co_await fresh.of(key);
  co_await users().of(key);
  co_await prices.of(key);
  co_await weather.of(key);
  co_await stock.of(key);
  co_await pages.of(key);
  co_await seen.of(key);
}

static asio::awaitable<void> greet(asio::io_context &context, int key) { co_await names(context).of(key); }

static void serve(int key) {
  asio::io_context context;
  asio::co_spawn(context, answer(key), asio::detached);
  context.run();
}

// One run for the whole life of the process: whatever is asked is asked in it.
static Users once;

static asio::awaitable<void> only(asio::io_context &context) {
  co_await once.of(1);
  co_await greet(context, 1);
}

int main() {
  serve(1);
  serve(2);
  asio::io_context context;
  asio::co_spawn(context, only(context), asio::detached);
  context.run();
}
