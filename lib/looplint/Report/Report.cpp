//===- Report.cpp - the output formats by name ----------------------------===//

#include "looplint/Report/Report.h"

#include "looplint/Report/Formats.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

namespace {

struct FormatInfo {
  llvm::StringRef spelling;
  bool isDocument;
  void (*print)(llvm::raw_ostream &, const report::Input &);
};

constexpr FormatInfo formats[] = {
#define FORMAT(Name, spelling, isDocument)                                     \
  {spelling, isDocument, report::print##Name},
#include "looplint/Report/Formats.def"
};

const FormatInfo &infoOf(OutputFormat format) {
  return formats[static_cast<std::size_t>(format)];
}

} // namespace

std::optional<OutputFormat>
looplint::parseOutputFormat(llvm::StringRef spelling) {
  const FormatInfo *format = llvm::find_if(
      formats, [&](const FormatInfo &f) { return f.spelling == spelling; });
  if (format == std::end(formats))
    return std::nullopt;
  return static_cast<OutputFormat>(format - std::begin(formats));
}

std::vector<llvm::StringRef> looplint::outputFormatSpellings() {
  std::vector<llvm::StringRef> spellings;
  for (const FormatInfo &format : formats)
    spellings.push_back(format.spelling);
  return spellings;
}

bool looplint::isDocument(OutputFormat format) {
  return infoOf(format).isDocument;
}

void looplint::print(llvm::raw_ostream &out, const Report &report,
                     OutputFormat format, const PrintOptions &options) {
  infoOf(format).print(out, {report, options});
}
