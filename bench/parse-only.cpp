//===- parse-only.cpp - tree-sitter alone, as a yardstick -----------------===//
//
// Finds and reads files exactly as `looplint check` does, parses each, and
// throws the tree away. What looplint takes beyond this is its own doing. Only
// the parsing is timed: neither discovery nor reading makes the yardstick
// longer than it is.
//
//   parse-only PATH...    prints {"files": …, "bytes": …, "seconds": …,
//   "processor": …}
//
//===----------------------------------------------------------------------===//

#include "looplint/Source/Discovery.h"
#include "looplint/Source/SourceFile.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <tree_sitter/api.h>

#include <chrono>
#include <ctime>

extern "C" const TSLanguage *tree_sitter_python();

using namespace looplint;
using Clock = std::chrono::steady_clock;

int main(int count, char **words) {
  std::vector<std::string> paths(words + 1, words + count);
  llvm::Expected<DiscoveryResult> found = discover(paths);
  if (!found) {
    llvm::errs() << "error: " << llvm::toString(found.takeError()) << '\n';
    return 2;
  }

  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_python());
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  Clock::duration parsing{};
  std::clock_t processor = 0;
  for (const FoundFile &candidate : found->files) {
    SourceFile file(candidate.path, candidate.diskPath);
    if (candidate.unreadable || !file.read())
      continue;

    llvm::StringRef text = file.text();
    Clock::time_point start = Clock::now();
    std::clock_t busyBefore = std::clock();
    ts_tree_delete(ts_parser_parse_string(
        parser, nullptr, text.data(), static_cast<std::uint32_t>(text.size())));
    parsing += Clock::now() - start;
    processor += std::clock() - busyBefore;
    ++files;
    bytes += text.size();
  }
  ts_parser_delete(parser);

  double seconds = std::chrono::duration<double>(parsing).count();
  llvm::outs() << "{\"files\": " << files << ", \"bytes\": " << bytes
               << ", \"seconds\": " << llvm::format("%.6f", seconds)
               << ", \"processor\": "
               << llvm::format("%.6f",
                               static_cast<double>(processor) / CLOCKS_PER_SEC)
               << "}\n";
}
