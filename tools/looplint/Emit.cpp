//===- Emit.cpp - what one room hands to the next -------------------------===//

#include "Emit.h"

#include "looplint/Driver/DescribeContexts.h"
#include "looplint/Program/Print.h"
#include "looplint/Report/Report.h"
#include "looplint/Rules/Rules.h"

#include "llvm/Support/raw_ostream.h"

using namespace looplint;

static void emitProgram(const Program &program, llvm::StringRef wanted) {
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    const Summary &file = program.summary(FileId(f));
    if (wanted.empty()) {
      print(file, llvm::outs());
      continue;
    }
    for (std::uint32_t i = 0; i < file.functions.size(); ++i)
      if (file.string(file.functions[i].qualifiedName) == wanted)
        print(file, FunctionId(i), llvm::outs());
  }
}

static void emitContexts(const Analysis &analysis, llvm::StringRef wanted) {
  const Program &program = *analysis.program;
  for (std::uint32_t i = 0; i < program.functionCount(); ++i)
    if (wanted.empty() || program.displayName(FunctionKey(i)) == wanted)
      describeContexts(llvm::outs(), analysis, FunctionKey(i));
}

/// Which module each file is, and which file each import means.
static void emitLinks(const Program &program) {
  for (std::uint32_t f = 0; f < program.fileCount(); ++f) {
    const Summary &file = program.summary(FileId(f));
    llvm::outs() << file.path << ": " << program.moduleName(FileId(f))
                 << (program.isPackage(FileId(f)) ? " (package)\n" : "\n");
    for (const Value &value : file.values) {
      if (value.kind != ValueKind::Module &&
          value.kind != ValueKind::ImportedName)
        continue;
      llvm::StringRef module = file.string(StringId(value.a));
      auto meant = program.findModule(FileId(f), module, value.b);
      llvm::outs() << "  import " << std::string(value.b, '.') << module
                   << " = "
                   << (meant ? llvm::StringRef(program.summary(*meant).path)
                             : llvm::StringRef("elsewhere"))
                   << '\n';
    }
  }
}

llvm::Expected<int> looplint::runEmit(llvm::StringRef phase,
                                      llvm::StringRef function,
                                      const Configuration &configuration) {
  Progress progress;
  llvm::Expected<Analysis> analysis = inferProgram(configuration, progress);
  if (!analysis)
    return analysis.takeError();
  if (phase == "program") {
    emitProgram(*analysis->program, function);
    return 0;
  }
  if (phase == "links") {
    emitLinks(*analysis->program);
    return 0;
  }
  if (phase == "contexts") {
    emitContexts(*analysis, function);
    return 0;
  }

  // All that the rules say, before anything is dropped.
  Report report;
  report.findings = runRules(
      {.program = *analysis->program, .contexts = *analysis->contexts});
  report.sources = std::move(analysis->sources);
  print(llvm::outs(), report, OutputFormat::Text, {});
  return 0;
}
