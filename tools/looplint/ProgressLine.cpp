//===- ProgressLine.cpp - how far a long run has come ---------------------===//

#include "ProgressLine.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>

using namespace looplint;

static constexpr std::chrono::milliseconds patience{1000};
static constexpr std::chrono::milliseconds betweenUpdates{100};
static constexpr llvm::StringLiteral eraseLine = "\r\x1b[K";

ProgressLine::ProgressLine(const Progress &progress, bool isWanted)
    : progress(progress) {
  if (isWanted && llvm::errs().is_displayed())
    thread = std::thread([this] { keepPrinting(); });
}

ProgressLine::~ProgressLine() {
  if (!thread.joinable())
    return;
  {
    std::scoped_lock lock(mutex);
    hasEnded = true;
  }
  ended.notify_one();
  thread.join();
}

/// Written at once: standard error has no buffer, and a line that comes in
/// pieces flickers.
static void printLine(const Progress &progress) {
  llvm::SmallString<80> line;
  llvm::raw_svector_ostream out(line);
  out << eraseLine;
  switch (progress.phase.load()) {
  case Progress::Reading:
    out << "looplint: reading files";
    break;
  case Progress::Parsing:
    out << "looplint: parsed " << progress.done.load() << " of "
        << progress.total.load() << " files";
    break;
  case Progress::Analysing:
    out << "looplint: following calls through " << progress.total.load()
        << " files";
    break;
  }
  llvm::errs() << line;
}

void ProgressLine::keepPrinting() {
  std::unique_lock lock(mutex);
  auto waitUntilEnd = [&](std::chrono::milliseconds time) {
    return ended.wait_for(lock, time, [&] { return hasEnded; });
  };
  if (waitUntilEnd(patience))
    return;
  do {
    printLine(progress);
  } while (!waitUntilEnd(betweenUpdates));
  llvm::errs() << eraseLine;
}
