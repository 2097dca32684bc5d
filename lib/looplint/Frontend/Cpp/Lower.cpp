//===- Lower.cpp - a translation unit to summaries: the story -------------===//

#include "looplint/Frontend/Cpp/Lower.h"

#include "Command.h"
#include "Contents.h"
#include "Lowering.h"
#include "Names.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/FileManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace looplint::cpp {
namespace {

/// What Clang could not make sense of. A unit may be wrong in thousands of
/// places for one missing header, so the first are enough.
class Complaints : public clang::DiagnosticConsumer {
public:
  struct Complaint {
    clang::SourceLocation place;
    std::string message;
    bool isAboutCommand;
  };

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                        const clang::Diagnostic &info) override {
    DiagnosticConsumer::HandleDiagnostic(level, info);
    if (level < clang::DiagnosticsEngine::Error || list.size() == most)
      return;
    // What other compilers warn of is understood all the same.
    if (info.getDiags()->getDiagnosticIDs()->isWarningOrExtension(info.getID()))
      return;
    llvm::SmallString<128> message;
    info.FormatDiagnostic(message);
    list.push_back(
        {info.hasSourceManager() ? info.getLocation() : clang::SourceLocation(),
         message.str().str(), isAboutCommand(info.getID())});
  }

  /// Options are the driver's business, and after it the front end's.
  static bool isAboutCommand(unsigned id) {
    return id >= clang::diag::DIAG_START_DRIVER &&
           id < clang::diag::DIAG_START_SERIALIZATION;
  }

  static constexpr std::size_t most = 20;
  std::vector<Complaint> list;
};

/// What a unit's lowering works on and leaves behind.
struct Unit {
  const UnitRequest &request;
  Complaints complaints;
  std::vector<Summary> summaries;
};

class Consumer : public clang::ASTConsumer {
public:
  Consumer(Unit &unit, clang::CompilerInstance &compiler)
      : unit(unit), sources(compiler.getSourceManager()),
        files(sources, compiler.getLangOpts(), unit.request) {}

  /// The main file is number 0.
  void Initialize(clang::ASTContext & /*context*/) override {
    files.projectFile(sources.getLocForStartOfFile(sources.getMainFileID()));
  }

  bool shouldSkipFunctionBody(clang::Decl *declaration) override {
    return !files.projectFile(declaration->getLocation());
  }

  void HandleTranslationUnit(clang::ASTContext &context) override;

private:
  void numberFiles();
  void placeComplaints();

  Unit &unit;
  const clang::SourceManager &sources;
  Files files;
};

class Action : public clang::ASTFrontendAction {
public:
  explicit Action(Unit &unit) : unit(unit) {}

  bool BeginInvocation(clang::CompilerInstance &compiler) override {
    compiler.getFrontendOpts().SkipFunctionBodies = true;
    // A header that is missing must not hide what stands behind it.
    compiler.getDiagnostics().setFatalsAsError(true);
    // Else it counts them on standard error.
    compiler.getDiagnosticOpts().ShowCarets = false;
    return true;
  }

  std::unique_ptr<clang::ASTConsumer>
  CreateASTConsumer(clang::CompilerInstance &compiler,
                    llvm::StringRef /*file*/) override {
    return std::make_unique<Consumer>(unit, compiler);
  }

private:
  Unit &unit;
};

} // namespace

/// Asks for every file, so that those without a definition are listed as well.
void Consumer::numberFiles() {
  for (unsigned i = 0; i != sources.local_sloc_entry_size(); ++i) {
    const clang::SrcMgr::SLocEntry &entry = sources.getLocalSLocEntry(i);
    if (entry.isFile())
      files.projectFile(
          clang::SourceLocation::getFromRawEncoding(entry.getOffset()));
  }
}

/// What is wrong with the command has not kept the text from being read.
void Consumer::placeComplaints() {
  for (const Complaints::Complaint &each : unit.complaints.list) {
    if (each.place.isInvalid() && each.isAboutCommand)
      continue;
    std::optional<unsigned> file = files.projectFile(each.place);
    std::string path = file ? std::string() : files.pathOf(each.place);
    Span span = file ? files.span(each.place) : Span();
    unit.summaries[file.value_or(0)].errors.push_back(
        {span, (path.empty() ? "" : "in " + path + ": ") + each.message});
  }
  unit.complaints.list.clear();
}

void Consumer::HandleTranslationUnit(clang::ASTContext &context) {
  numberFiles();

  // Beyond this point every definition of the project is known by its file.
  llvm::SmallVector<clang::Decl *> topLevel;
  for (clang::Decl *declaration : context.getTranslationUnitDecl()->decls())
    if (files.projectFile(declaration->getLocation()))
      topLevel.push_back(declaration);
  std::vector<Contents> contents = contentsOf(topLevel, files);
  contents.resize(files.count());

  Names names(context, files);
  for (unsigned file = 0; file != contents.size(); ++file) {
    Summary &summary = unit.summaries.emplace_back();
    summary.path = files.path(file);
    summary.language = Language::Cpp;
    Lowering(context, files, names, summary).run(contents[file]);
  }
  placeComplaints();
}

static std::string pathOf(const UnitRequest &request) {
  llvm::SmallString<256> path(request.file);
  llvm::sys::path::make_absolute(request.directory, path);
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  return path.str().str();
}

/// The disk, with the request's text in the place of the file that it is for.
static llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
fileSystem(const UnitRequest &request) {
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk =
      llvm::vfs::createPhysicalFileSystem();
  if (!request.contents) {
    disk->setCurrentWorkingDirectory(request.directory);
    return disk;
  }
  auto memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  memory->addFile(request.changed.empty() ? pathOf(request) : request.changed,
                  /*ModificationTime=*/0,
                  llvm::MemoryBuffer::getMemBufferCopy(*request.contents));
  auto both = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(disk);
  both->pushOverlay(memory);
  both->setCurrentWorkingDirectory(request.directory);
  return both;
}

/// A unit that Clang would not even begin with.
static Summary emptySummary(const UnitRequest &request) {
  Summary summary;
  summary.path = pathOf(request);
  summary.language = Language::Cpp;
  StringId name = summary.intern("<module>");
  summary.functions.push_back(
      {.kind = FunctionKind::Module, .name = name, .qualifiedName = name});
  return summary;
}

/// False where Clang would not even begin.
static bool parse(Unit &unit, bool isReadingOnly) {
  unit.complaints.list.clear();
  std::vector<std::string> command = parseCommand(unit.request, isReadingOnly);
  if (command.empty())
    return false;
  auto fileManager = llvm::makeIntrusiveRefCnt<clang::FileManager>(
      clang::FileSystemOptions(), fileSystem(unit.request));
  clang::tooling::ToolInvocation invocation(
      command, std::make_unique<Action>(unit), fileManager.get());
  invocation.setDiagnosticConsumer(&unit.complaints);
  invocation.run();
  return !unit.summaries.empty();
}

std::vector<Summary> lower(const UnitRequest &request) {
  Unit unit = {request, {}, {}};
  if (!parse(unit, /*isReadingOnly=*/false) &&
      !parse(unit, /*isReadingOnly=*/true)) {
    unit.summaries.push_back(emptySummary(request));
    std::string message = "the command does not say how to compile this file";
    if (!unit.complaints.list.empty())
      message = unit.complaints.list.front().message;
    unit.summaries.front().errors.push_back({{}, message});
  }
  std::vector<SyntaxError> &errors = unit.summaries.front().errors;
  if (!errors.empty() && !hasOwnHeaders())
    errors.insert(errors.begin(),
                  {{},
                   "Clang's own headers, stddef.h and others, are not "
                   "installed (Debian: libclang-common-22-dev)"});
  return std::move(unit.summaries);
}

} // namespace looplint::cpp
