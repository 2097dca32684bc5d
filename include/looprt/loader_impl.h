// The member functions of loader_core; loader.h is what there is to read.
#pragma once

#include "looprt/loader.h"

#include <algorithm>

namespace looprt {

#define LOOPRT_LOADER                                                          \
  template <class Key, class Value, class Error, class Waiter, class Hash,     \
            class Equal>
#define LOOPRT_LOADER_CORE loader_core<Key, Value, Error, Waiter, Hash, Equal>

LOOPRT_LOADER
auto LOOPRT_LOADER_CORE::wait(const Key &key, Waiter waiter) -> waiting {
  bool opened = false;
  shared_entry &place = known[key];
  if (place && place->answer) // not asked cached(): a fresh fetch
    place.reset();
  if (!place) {
    place = std::make_shared<entry>(key);
    open.push_back(place);
    opened = ++open_keys == 1;
  } else {
    ++numbers.joined;
    if (place->waiters.empty() && place->batch != batch_id::none)
      ++under_way[static_cast<std::uint64_t>(place->batch)].wanted;
  }

  ticket id;
  id.target = place;
  id.waiter = ++last_waiter;
  place->waiters.emplace_back(id.waiter, std::move(waiter));
  return {std::move(id), opened};
}

LOOPRT_LOADER
auto LOOPRT_LOADER_CORE::take() -> std::optional<batch> {
  if (open_keys == 0 || under_way.size() >= options.max_concurrent_batches)
    return std::nullopt;

  const std::size_t most =
      options.batch ? std::max<std::size_t>(1, options.max_batch_size) : 1;
  const batch_id id{++last_batch};
  batch leaving{id, {}};
  flight &flying = under_way[last_batch];
  leaving.keys.reserve(std::min(most, open_keys));
  for (; taken < open.size() && leaving.keys.size() < most; ++taken) {
    shared_entry next = std::move(open[taken]);
    if (next->dropped)
      continue;
    next->batch = id;
    leaving.keys.push_back(next->key);
    if (!options.cache)
      unlist(*next);
    flying.entries.push_back(std::move(next));
  }
  flying.wanted = flying.entries.size();
  open_keys -= flying.wanted;
  if (open_keys == 0) {
    open.clear();
    taken = 0;
  }
  ++numbers.batches;
  numbers.keys += leaving.keys.size();
  return leaving;
}

LOOPRT_LOADER
bool LOOPRT_LOADER_CORE::settle(batch_id id, std::size_t position,
                                outcome given, std::vector<Waiter> &ready) {
  const auto found = under_way.find(static_cast<std::uint64_t>(id));
  if (found == under_way.end() || position >= found->second.entries.size())
    return false;
  entry &target = *found->second.entries[position];
  if (target.answer)
    return false;

  const bool keep =
      options.cache && (given.index() == 0 || options.cache_errors);
  answer(target, given, keep, found->second, ready);
  return true;
}

LOOPRT_LOADER
void LOOPRT_LOADER_CORE::end(batch_id id, const Error &missing,
                             std::vector<Waiter> &ready) {
  const auto found = under_way.find(static_cast<std::uint64_t>(id));
  if (found == under_way.end())
    return;

  // That a batch failed as a whole says nothing about its keys: never cached.
  const outcome given(std::in_place_index<1>, missing);
  for (const shared_entry &target : found->second.entries)
    if (!target->answer)
      answer(*target, given, /*keep=*/false, found->second, ready);
  under_way.erase(found);
}

LOOPRT_LOADER
batch_id LOOPRT_LOADER_CORE::forget(ticket waiter) {
  if (!waiter.target)
    return batch_id::none;

  entry &target = *waiter.target;
  const std::size_t left =
      std::erase_if(target.waiters, [&](const auto &waiting) {
        return waiting.first == waiter.waiter;
      });
  if (left == 0 || !target.waiters.empty() || target.answer)
    return batch_id::none;
  return target.batch == batch_id::none ? leave_open(target)
                                        : leave_flight(target);
}

LOOPRT_LOADER
bool LOOPRT_LOADER_CORE::prime(const Key &key, outcome given, bool force) {
  if (!options.cache)
    return false;
  shared_entry &place = known[key];
  if (place && !force)
    return false;

  // A new entry: those who wait for the old one wait on.
  place = std::make_shared<entry>(key);
  place->answer = std::move(given);
  return true;
}

LOOPRT_LOADER
void LOOPRT_LOADER_CORE::answer(entry &target, const outcome &given, bool keep,
                                flight &of, std::vector<Waiter> &ready) {
  target.answer = given;
  if (!keep)
    unlist(target);
  if (!target.waiters.empty())
    --of.wanted;
  for (auto &waiting : target.waiters)
    ready.push_back(std::move(waiting.second));
  target.waiters = {};
}

/// Later loads of the key start afresh.
LOOPRT_LOADER
void LOOPRT_LOADER_CORE::unlist(const entry &target) {
  const auto found = known.find(target.key);
  if (found != known.end() && found->second.get() == &target)
    known.erase(found);
}

LOOPRT_LOADER
batch_id LOOPRT_LOADER_CORE::leave_open(entry &target) {
  target.dropped = true; // take() passes it over
  --open_keys;
  unlist(target);
  return batch_id::none;
}

LOOPRT_LOADER
batch_id LOOPRT_LOADER_CORE::leave_flight(entry &target) {
  const auto found = under_way.find(static_cast<std::uint64_t>(target.batch));
  if (found == under_way.end() || --found->second.wanted > 0)
    return batch_id::none;

  // Its answers, should any come, belong to nobody.
  for (const shared_entry &abandoned : found->second.entries)
    if (!abandoned->answer)
      unlist(*abandoned);
  return target.batch;
}

#undef LOOPRT_LOADER
#undef LOOPRT_LOADER_CORE

} // namespace looprt
