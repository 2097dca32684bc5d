//===- trigger-scan.cpp - how fast is the scan for trigger words? ---------===//
//
// Over text in which none is found, since that is what costs: words as common
// as those of the models, text made of other words of Python programs.
//
//===----------------------------------------------------------------------===//

#include "looplint/Source/TriggerScan.h"

#include <benchmark/benchmark.h>

#include <random>
#include <string>

using namespace looplint;
using llvm::StringRef;

static std::string irrelevantText() {
  constexpr StringRef words[] = {
      "self",   "return", "import", "def",      "None",  "value", "result",
      "(self)", "if not", "for",    "in range", "else:", "index", "    ",
      "\n",     ".items", "assert", "= []",     "name",  "raise", "ValueError",
      "path",   "string", "# the",  "with",     "list",  "data",  "isinstance"};
  std::mt19937 random(1);
  std::string text;
  while (text.size() < 1 << 20) {
    text += words[random() % std::size(words)];
    text += ' ';
  }
  return text;
}

static void scan(benchmark::State &state, const TriggerWords &words) {
  const std::string text = irrelevantText();
  for (auto _ : state)
    benchmark::DoNotOptimize(mentionsAny(text, words));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(text.size()));
}

static void fewWords(benchmark::State &state) {
  scan(state, TriggerWords({"async", "await", "Thread", "asyncio"}));
}

BENCHMARK(fewWords);

static void manyWords(benchmark::State &state) {
  scan(state,
       TriggerWords(
           {"aiodataloader", "aiohttp",     "anyio",     "apscheduler",
            "asgiref",       "async",       "atexit",    "await",
            "celery",        "contextvars", "django",    "fastapi",
            "flask",         "futures",     "gevent",    "multiprocessing",
            "pytest",        "queue",       "sched",     "signal",
            "socket",        "starlette",   "streamlit", "subprocess",
            "threading",     "tornado",     "uvloop"}));
}

BENCHMARK(manyWords);

static void build(benchmark::State &state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(TriggerWords({"async", "await", "Thread"}));
}

BENCHMARK(build);
