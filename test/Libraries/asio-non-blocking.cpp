// A socket that is told not to wait does not.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>
#include <array>

using asio::ip::tcp;

class Reader {
public:
  explicit Reader(tcp::socket &socket) : socket(socket) {}
  void read(asio::error_code &error) { socket.read_some(asio::buffer(bytes), error); }

private:
  tcp::socket &socket;
  std::array<char, 64> bytes;
};

class FP_Session {
public:
  explicit FP_Session(asio::io_context &context) : socket(context), reader(socket) {}
  void start() {
    socket.non_blocking(true);
    next();
  }

private:
  void next() {
    socket.async_wait(tcp::socket::wait_read, [this](asio::error_code error) {
      reader.read(error);
      if (error != asio::error::would_block)
        next();
    });
  }

  tcp::socket socket;
  Reader reader;
};

static void session_bad(asio::io_context &context) {
  static tcp::socket socket(context);
  static std::array<char, 64> bytes;
  bool asked = socket.non_blocking();
  socket.async_wait(tcp::socket::wait_read, [asked](asio::error_code error) {
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `asio::basic_stream_socket::read_some` stops the running loop{{.*}}[LOOP802]
    socket.read_some(asio::buffer(bytes), error);
  });
}

int main() {
  asio::io_context context;
  FP_Session session(context);
  session.start();
  session_bad(context);
  context.run();
}
