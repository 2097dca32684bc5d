// Coroutines that a loop runs later, with references to what has ended by then.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>

#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <string_view>

using asio::awaitable;
using asio::use_awaitable;

awaitable<void> greet(const std::string &name, asio::io_context &context) {
  co_await asio::post(context, use_awaitable);
  std::cout << name;
}

awaitable<void> show(std::string_view text) {
  co_await asio::post(use_awaitable);
  std::cout << text;
}

awaitable<void> count(int *into) {
  co_await asio::post(use_awaitable);
  std::cout << *into;
}

class Server {
public:
  explicit Server(asio::io_context &context) : context(context), acceptor(context) {}

  void bad_accept() {
    acceptor.async_accept([this](std::error_code, asio::ip::tcp::socket socket) {
      // CHECK: program.cpp:[[@LINE+1]]:31: error: `session` goes on when what its parameter `socket` refers to is gone: take it by value [LOOP704]
      asio::co_spawn(context, session(std::move(socket)), asio::detached);
    });
  }

  void bad_locals(int id) {
    std::string name = std::to_string(id);
    // CHECK: program.cpp:[[@LINE+1]]:29: error: `greet` goes on when what its parameter `name` refers to is gone
    asio::co_spawn(context, greet(name, context), asio::detached);
    // CHECK: program.cpp:[[@LINE+1]]:29: error: `show` goes on when what its parameter `text` refers to is gone
    asio::co_spawn(context, show(name), asio::detached);
    // CHECK: program.cpp:[[@LINE+1]]:29: error: `count` goes on when what its parameter `into` refers to is gone
    asio::co_spawn(context, count(&id), asio::detached);
  }

  void FP_members_and_what_is_handed_on(const std::string &theirs, std::string_view view) {
    asio::co_spawn(context, greet(name, context), asio::detached);
    asio::co_spawn(context, greet(theirs, context), asio::detached);
    asio::co_spawn(context, show(view), asio::detached);
    asio::co_spawn(context, show("literal"), asio::detached);
    asio::co_spawn(context, by_value(std::make_shared<int>(1), std::string("own")), asio::detached);
  }

  void FP_runs_it_itself() {
    asio::io_context own;
    std::string name = "here";
    asio::co_spawn(own, greet(name, own), asio::detached);
    own.run();
  }

  void FP_reads_it_at_once() {
    std::string name = "at once";
    asio::co_spawn(context, reads_first(name), asio::detached);
  }

private:
  awaitable<void> session(asio::ip::tcp::socket &&socket) {
    char bytes[10];
    for (;;)
      co_await socket.async_read_some(asio::buffer(bytes), use_awaitable);
  }
  awaitable<void> by_value(std::shared_ptr<int> count, std::string name) {
    co_await asio::post(use_awaitable);
    std::cout << *count << name;
  }
  awaitable<void> reads_first(const std::string &name) {
    std::cout << name;
    co_await asio::post(use_awaitable);
  }

  asio::io_context &context;
  asio::ip::tcp::acceptor acceptor;
  std::string name;
};

awaitable<void> FP_waits_for_it(asio::io_context &context) {
  std::string local = "here";
  co_await greet(local, context);
  co_await greet("temporary", context);
  co_await asio::co_spawn(context, greet(local, context), use_awaitable);
}

int main() {
  asio::io_context context;
  Server server(context);
  server.bad_accept();
  server.bad_locals(1);
  server.FP_members_and_what_is_handed_on("", "");
  server.FP_runs_it_itself();
  server.FP_reads_it_at_once();
  asio::co_spawn(context, FP_waits_for_it(context), asio::detached);
  std::string FP_lives_as_long = "main";
  asio::co_spawn(context, greet(FP_lives_as_long, context), asio::detached);
  // CHECK: program.cpp:[[@LINE+1]]:27: error: `greet` goes on when what its parameter `name` refers to is gone
  asio::co_spawn(context, greet("FN_temporary", context), asio::detached);
  context.run();
}
