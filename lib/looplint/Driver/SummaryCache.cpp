//===- SummaryCache.cpp - what earlier runs lowered -----------------------===//
//
// One file for each summary, all in one folder, named as llvm::pruneCache()
// wants it. An entry is the hash of what follows, and the summary as it lies in
// memory (Program/SummaryFile.h). The hash is there for disks that were full
// and machines that lost power: what is not whole is made again.
//
//===----------------------------------------------------------------------===//

#include "SummaryCache.h"

#include "looplint/Program/SummaryFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace looplint;

// A branch that is taken up again after a fortnight is lowered again.
static constexpr std::chrono::hours longestUnused(24 * 14);
static constexpr std::chrono::hours betweenPrunings(24);
static constexpr std::uint64_t mostBytes = std::uint64_t{2} << 30;

/// A version number would not do: who works on looplint builds many programs
/// of one version.
static std::string hashOfThisProgram() {
  static const int anchor = 0;
  std::string path =
      llvm::sys::fs::getMainExecutable(nullptr, const_cast<int *>(&anchor));
  auto contents = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false);
  if (!contents)
    return "";
  return llvm::utohexstr(llvm::xxh3_64bits((*contents)->getBuffer()),
                         /*LowerCase=*/true, /*Width=*/16);
}

SummaryCache::SummaryCache(std::string folder) : folder(std::move(folder)) {
  if (this->folder.empty())
    return;
  program = hashOfThisProgram();
  if (program.empty())
    this->folder.clear();
}

SummaryCache::~SummaryCache() {
  if (folder.empty() || !llvm::sys::fs::is_directory(folder))
    return;
  llvm::CachePruningPolicy policy;
  policy.Interval = betweenPrunings;
  policy.Expiration = longestUnused;
  policy.MaxSizeBytes = mostBytes;
  llvm::pruneCache(folder, policy);
}

std::string SummaryCache::entryFor(llvm::StringRef text) const {
  llvm::XXH128_hash_t hash =
      llvm::xxh3_128bits(llvm::arrayRefFromStringRef(text));
  llvm::SmallString<128> entry(folder);
  llvm::sys::path::append(
      entry, "llvmcache-" + program +
                 llvm::utohexstr(hash.high64, /*LowerCase=*/true, 16) +
                 llvm::utohexstr(hash.low64, /*LowerCase=*/true, 16));
  return entry.str().str();
}

std::optional<Summary> SummaryCache::read(const std::string &entry) const {
  auto contents = llvm::MemoryBuffer::getFile(entry, /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false);
  if (!contents)
    return std::nullopt;
  llvm::StringRef bytes = (*contents)->getBuffer();
  std::uint64_t hash = 0;
  if (bytes.size() < sizeof(hash))
    return std::nullopt;
  std::memcpy(&hash, bytes.data(), sizeof(hash));
  bytes = bytes.drop_front(sizeof(hash));
  if (llvm::xxh3_64bits(bytes) != hash)
    return std::nullopt;
  llvm::Expected<std::vector<Summary>> summaries = readSummaries(bytes);
  if (!summaries) {
    llvm::consumeError(summaries.takeError());
    return std::nullopt;
  }
  if (summaries->size() != 1)
    return std::nullopt;
  return std::move(summaries->front());
}

void SummaryCache::write(const std::string &entry, const Summary &summary) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream out(bytes);
  writeSummaries(summary, out);
  std::uint64_t hash =
      llvm::xxh3_64bits(llvm::StringRef(bytes.data(), bytes.size()));
  auto writeEntry = [&](llvm::raw_ostream &file) -> llvm::Error {
    file.write(reinterpret_cast<const char *>(&hash), sizeof(hash));
    file.write(bytes.data(), bytes.size());
    file.flush();
    auto &written = static_cast<llvm::raw_fd_ostream &>(file);
    std::error_code error = written.error();
    written.clear_error(); // its destructor would end the program
    return llvm::errorCodeToError(error);
  };
  std::error_code folderError = llvm::sys::fs::create_directories(folder);
  llvm::Error error = folderError ? llvm::errorCodeToError(folderError)
                                  : llvm::writeToOutput(entry, writeEntry);
  if (!error)
    return;
  llvm::consumeError(std::move(error));
  isWritable = false;
}

Summary SummaryCache::lowered(llvm::StringRef text,
                              llvm::function_ref<Summary()> lower) {
  if (folder.empty())
    return lower();
  std::string entry = entryFor(text);
  if (std::optional<Summary> known = read(entry)) {
    ++found;
    return std::move(*known);
  }
  Summary summary = lower();
  if (isWritable)
    write(entry, summary);
  return summary;
}
