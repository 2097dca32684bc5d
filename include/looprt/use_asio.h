// Asio's operations, awaited: sockets, signals, pipes, whatever takes a
// completion token.
//
//   asio::ip::tcp::socket socket(loop.context());
//   std::size_t n = co_await socket.async_read_some(buffer, looprt::use_asio);
//
// The objects must live on the loop's context. An error is thrown as
// asio::system_error. A cancelled wait cancels the operation and ends when that
// has ended, so that buffers of the coroutine outlive it. A virtual clock does
// not wait for such operations.
#pragma once

#include "looprt/event_loop.h"

#include <asio/async_result.hpp>
#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/error_code.hpp>
#include <asio/system_error.hpp>

#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace looprt {

struct use_asio_t {};
inline constexpr use_asio_t use_asio;

namespace detail {

/// What a handler is called with, as what a wait returns.
template <class... Values> struct asio_results {
  std::tuple<Values...> values;

  explicit asio_results(Values... values) : values(std::move(values)...) {}
  asio::error_code error() const { return {}; }
  auto take() {
    if constexpr (sizeof...(Values) == 1)
      return std::get<0>(std::move(values));
    else if constexpr (sizeof...(Values) > 1)
      return std::move(values);
  }
};

template <class... Values>
struct asio_results<asio::error_code, Values...> : asio_results<Values...> {
  asio::error_code failure;

  explicit asio_results(asio::error_code failure, Values... values)
      : asio_results<Values...>(std::move(values)...), failure(failure) {}
  asio::error_code error() const { return failure; }
};

template <class Start, class... Values> class asio_wait final : public waiter {
public:
  explicit asio_wait(Start start) : start(std::move(start)) {}

  bool await_ready() const noexcept { return false; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> waiting) {
    if (!list(waiting.promise().loop, waiting.promise().scope, waiting))
      return false;
    auto completed = [this](Values... values) {
      results.emplace(std::move(values)...);
      this->wake();
    };
    start(asio::bind_cancellation_slot(signal.slot(), std::move(completed)));
    return true;
  }
  auto await_resume() {
    if (!results || results->error())
      throw_if_cancelled();
    if (const asio::error_code error = results->error())
      throw asio::system_error(error);
    return results->take();
  }

private:
  bool forget() noexcept override {
    signal.emit(asio::cancellation_type::terminal);
    return false; // its handler ends the wait
  }

  Start start;
  asio::cancellation_signal signal;
  std::optional<asio_results<Values...>> results;
};

} // namespace detail

} // namespace looprt

template <class... Arguments>
class asio::async_result<looprt::use_asio_t, void(Arguments...)> {
public:
  template <class Initiation, class... Given>
  static auto initiate(Initiation initiation, looprt::use_asio_t,
                       Given... given) {
    auto start = [initiation = std::move(initiation),
                  given = std::tuple<Given...>(std::move(given)...)](
                     auto handler) mutable {
      const auto call = [&](Given &...arguments) {
        std::move(initiation)(std::move(handler), std::move(arguments)...);
      };
      std::apply(call, given);
    };
    return looprt::detail::asio_wait<decltype(start),
                                     std::decay_t<Arguments>...>(
        std::move(start));
  }
};
