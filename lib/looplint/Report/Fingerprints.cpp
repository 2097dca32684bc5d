//===- Fingerprints.cpp - findings that are told apart across runs --------===//

#include "Fingerprints.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/xxhash.h"

using namespace looplint;

std::string report::Fingerprints::next(const Finding &finding,
                                       llvm::StringRef file) {
  unsigned before = seen[{file.str(), finding.code, finding.message}]++;
  std::string identity = llvm::formatv("{0}:{1}:{2}:{3}", file, finding.code,
                                       finding.message, before);
  return llvm::formatv("{0:x-16}", llvm::xxh3_64bits(identity));
}
