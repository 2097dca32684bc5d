// Waiting for several tasks: for all of them, or for the first.
//
//   const auto both = co_await looprt::when_all(load_user(), load_orders());
//   const auto first = co_await looprt::when_any(std::move(replicas));
//
// Name the result: GCC 15 and later miscompile structured bindings of co_await.

#pragma once

#include "looprt/task_group.h"

#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace looprt {

namespace detail {

template <class T>
task<void> store(task<T> awaited, std::optional<value_of<T>> &result) {
  result.emplace(co_await as_value(std::move(awaited)));
}

/// The first to end stops the others.
template <class T>
task<void> race(task_group &group, task<T> awaited, std::size_t index,
                std::optional<std::pair<std::size_t, value_of<T>>> &winner) {
  value_of<T> value = co_await as_value(std::move(awaited));
  if (winner)
    co_return;
  winner.emplace(index, std::move(value));
  group.scope().cancel();
}

} // namespace detail

/// Their results in order. Where one fails the others are cancelled, and its
/// exception is thrown.
template <class T>
task<std::vector<detail::value_of<T>>> when_all(std::vector<task<T>> tasks) {
  std::vector<std::optional<detail::value_of<T>>> results(tasks.size());
  const auto body = [&](task_group &group) -> task<void> {
    for (std::size_t at = 0; at < tasks.size(); ++at)
      group.start_soon(detail::store(std::move(tasks[at]), results[at]));
    co_return;
  };
  co_await with_task_group(body);

  std::vector<detail::value_of<T>> values;
  values.reserve(results.size());
  for (auto &result : results)
    values.push_back(std::move(*result));
  co_return values;
}

template <class... T>
task<std::tuple<detail::value_of<T>...>> when_all(task<T>... tasks) {
  std::tuple<std::optional<detail::value_of<T>>...> results;
  const auto body = [&](task_group &group) -> task<void> {
    std::apply(
        [&](auto &...result) {
          (group.start_soon(detail::store(std::move(tasks), result)), ...);
        },
        results);
    co_return;
  };
  co_await with_task_group(body);
  co_return std::apply(
      [](auto &...result) { return std::tuple(std::move(*result)...); },
      results);
}

/// Which of \p tasks ended first, and with what. The others are cancelled and
/// have ended too. At least one task.
template <class T>
task<std::pair<std::size_t, detail::value_of<T>>>
when_any(std::vector<task<T>> tasks) {
  std::optional<std::pair<std::size_t, detail::value_of<T>>> winner;
  const auto body = [&](task_group &group) -> task<void> {
    for (std::size_t at = 0; at < tasks.size(); ++at)
      group.start_soon(detail::race(group, std::move(tasks[at]), at, winner));
    co_return;
  };
  co_await with_task_group(body);
  co_return std::move(winner.value());
}

} // namespace looprt
