//===- ConfigurationFile.cpp - looplint.toml and pyproject.toml -----------===//
//
// A table of keys, each with the function that reads it. The first mistake
// ends the run: a setting that is silently ignored is worse than no run.
//
//===----------------------------------------------------------------------===//

#include "ConfigurationFile.h"

#include "Paths.h"
#include "looplint/Driver/PythonVersion.h"
#include "looplint/Models/Toml.h"
#include "looplint/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace looplint;
namespace path = llvm::sys::path;

std::optional<Confidence> looplint::parseConfidence(llvm::StringRef text) {
  if (text == "possible")
    return Confidence::Possible;
  if (text == "likely")
    return Confidence::Likely;
  if (text == "definite")
    return Confidence::Definite;
  return std::nullopt;
}

llvm::ArrayRef<llvm::StringLiteral> looplint::blockingTierSpellings() {
  static constexpr llvm::StringLiteral tiers[] = {
      "file", "network", "database", "synchronization", "cpu", "import"};
  return tiers;
}

//===----------------------------------------------------------------------===//
// Kinds of values
//===----------------------------------------------------------------------===//

static llvm::Error expected(llvm::StringRef file, const TomlValue &value,
                            const llvm::Twine &form) {
  return tomlError(file, value.place,
                   "expected " + form + ", found " + describe(value.kind));
}

static llvm::Error readStrings(llvm::StringRef file, const TomlValue &value,
                               Strings &strings) {
  if (value.kind != TomlValue::Array)
    return expected(file, value, "an array of strings");
  for (const TomlValue &element : value.elements) {
    if (element.kind != TomlValue::String)
      return expected(file, element, "a string");
    strings.push_back(element.string);
  }
  return llvm::Error::success();
}

static llvm::Error readStrings(llvm::StringRef file, const TomlValue &value,
                               std::optional<Strings> &strings) {
  return readStrings(file, value, strings.emplace());
}

/// Selectors are checked here, where the place of a wrong one is known.
static llvm::Error readSelectors(llvm::StringRef file, const TomlValue &value,
                                 Strings &selectors) {
  if (llvm::Error error = readStrings(file, value, selectors))
    return error;
  for (const TomlValue &element : value.elements) {
    llvm::Expected<RuleSet> rules = rulesNamed(element.string);
    if (!rules)
      return tomlError(file, element.place, llvm::toString(rules.takeError()));
  }
  return llvm::Error::success();
}

/// Reads a string by \p parse, which knows the words that are allowed.
template <typename T, typename Parse>
static llvm::Error readWord(llvm::StringRef file, const TomlValue &value,
                            std::optional<T> &setting, Parse parse,
                            const llvm::Twine &form) {
  if (value.kind != TomlValue::String)
    return expected(file, value, form);
  setting = parse(value.string);
  if (!setting)
    return tomlError(file, value.place,
                     "expected " + form + ", found `" + value.string + "`");
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Keys
//===----------------------------------------------------------------------===//

static llvm::Error readSelect(llvm::StringRef file, const TomlValue &value,
                              FileSettings &settings) {
  return readSelectors(file, value, settings.select.emplace());
}

static llvm::Error readIgnore(llvm::StringRef file, const TomlValue &value,
                              FileSettings &settings) {
  return readSelectors(file, value, settings.ignore.emplace());
}

static llvm::Error readExclude(llvm::StringRef file, const TomlValue &value,
                               FileSettings &settings) {
  return readStrings(file, value, settings.exclude);
}

static llvm::Error readExtendExclude(llvm::StringRef file,
                                     const TomlValue &value,
                                     FileSettings &settings) {
  return readStrings(file, value, settings.extendExclude);
}

static llvm::Error readModels(llvm::StringRef file, const TomlValue &value,
                              FileSettings &settings) {
  return readStrings(file, value, settings.models);
}

static constexpr llvm::StringLiteral versionForm =
    "a version of Python such as \"3.11\"";

static llvm::Error readTargetVersion(llvm::StringRef file,
                                     const TomlValue &value,
                                     FileSettings &settings) {
  return readWord(file, value, settings.targetVersion, parsePythonVersion,
                  versionForm);
}

static llvm::Error readPerFileTargetVersion(llvm::StringRef file,
                                            const TomlValue &value,
                                            FileSettings &settings) {
  if (value.kind != TomlValue::Table)
    return expected(file, value, "a table of patterns and versions of Python");
  for (const TomlEntry &entry : value.entries) {
    std::optional<Version> version;
    if (llvm::Error error = readWord(file, entry.value, version,
                                     parsePythonVersion, versionForm))
      return error;
    settings.perFileTargetVersions.emplace_back(entry.key, *version);
  }
  return llvm::Error::success();
}

static llvm::Error readConfidence(llvm::StringRef file, const TomlValue &value,
                                  FileSettings &settings) {
  return readWord(file, value, settings.confidence, parseConfidence,
                  "\"definite\", \"likely\" or \"possible\"");
}

static llvm::Error readOutputFormat(llvm::StringRef file,
                                    const TomlValue &value,
                                    FileSettings &settings) {
  return readWord(file, value, settings.outputFormat, parseOutputFormat,
                  "one of " + llvm::join(outputFormatSpellings(), ", "));
}

static llvm::Error readBlockingTiers(llvm::StringRef file,
                                     const TomlValue &value,
                                     FileSettings &settings) {
  if (llvm::Error error = readStrings(file, value, settings.blockingTiers))
    return error;
  for (const TomlValue &element : value.elements)
    if (!llvm::is_contained(blockingTierSpellings(), element.string))
      return tomlError(file, element.place,
                       "expected one of " +
                           llvm::join(blockingTierSpellings(), ", ") +
                           ", found `" + element.string + "`");
  return llvm::Error::success();
}

static llvm::Error readRespectGitignore(llvm::StringRef file,
                                        const TomlValue &value,
                                        FileSettings &settings) {
  if (value.kind != TomlValue::Boolean)
    return expected(file, value, "true or false");
  settings.respectGitignore = value.boolean;
  return llvm::Error::success();
}

static llvm::Error readPerFileIgnores(llvm::StringRef file,
                                      const TomlValue &value,
                                      FileSettings &settings) {
  if (value.kind != TomlValue::Table)
    return expected(file, value, "a table of patterns and lists of rules");
  for (const TomlEntry &entry : value.entries) {
    auto &[pattern, rules] =
        settings.perFileIgnores.emplace_back(entry.key, Strings());
    if (llvm::Error error = readSelectors(file, entry.value, rules))
      return error;
  }
  return llvm::Error::success();
}

namespace {

struct Key {
  llvm::StringLiteral name;
  llvm::Error (*read)(llvm::StringRef, const TomlValue &, FileSettings &);
};

constexpr Key keys[] = {
    {"select", readSelect},
    {"ignore", readIgnore},
    {"per-file-ignores", readPerFileIgnores},
    {"exclude", readExclude},
    {"extend-exclude", readExtendExclude},
    {"respect-gitignore", readRespectGitignore},
    {"target-version", readTargetVersion},
    {"per-file-target-version", readPerFileTargetVersion},
    {"confidence", readConfidence},
    {"models", readModels},
    {"blocking-tiers", readBlockingTiers},
    {"output-format", readOutputFormat},
};

} // namespace

static llvm::Error readKey(llvm::StringRef file, const TomlEntry &entry,
                           FileSettings &settings) {
  const Key *key =
      llvm::find_if(keys, [&](const Key &k) { return k.name == entry.key; });
  if (key != std::end(keys))
    return key->read(file, entry.value, settings);

  llvm::SmallVector<llvm::StringRef> names;
  for (const Key &k : keys)
    names.push_back(k.name);
  std::string message = "unknown key `" + entry.key + "`";
  if (auto suggestion = nearest(entry.key, names))
    message += "; did you mean `" + suggestion->str() + "`?";
  else
    message += "; the keys are " + llvm::join(names, ", ");
  return tomlError(file, entry.place, message);
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

static const TomlValue *looplintTable(const TomlValue &root) {
  const TomlValue *tool = root.find("tool");
  if (!tool || tool->kind != TomlValue::Table)
    return nullptr;
  return tool->find("looplint");
}

llvm::Expected<std::optional<FileSettings>>
looplint::readConfigurationFile(llvm::StringRef file) {
  std::string shown = shownPath(file);
  auto buffer = llvm::MemoryBuffer::getFile(file);
  if (!buffer)
    return llvm::createStringError(buffer.getError(),
                                   "cannot read `" + shown +
                                       "`: " + buffer.getError().message());

  llvm::Expected<TomlValue> root =
      parseToml(llvm::MemoryBufferRef((*buffer)->getBuffer(), shown));
  if (!root)
    return root.takeError();
  const TomlValue *table = &*root;
  if (path::filename(file) == "pyproject.toml")
    table = looplintTable(*root);
  if (!table)
    return std::nullopt;
  if (table->kind != TomlValue::Table)
    return expected(shown, *table, "a table");

  FileSettings settings;
  settings.file = file.str();
  for (const TomlEntry &entry : table->entries)
    if (llvm::Error error = readKey(shown, entry, settings))
      return error;
  return settings;
}

static bool mentionsLooplint(llvm::StringRef file) {
  auto buffer = llvm::MemoryBuffer::getFile(file);
  return buffer && (*buffer)->getBuffer().contains("looplint");
}

llvm::Expected<std::optional<FileSettings>>
looplint::findConfigurationFile(llvm::StringRef folder, Strings &warnings) {
  for (; !folder.empty(); folder = path::parent_path(folder))
    for (llvm::StringRef name : {"looplint.toml", "pyproject.toml"}) {
      llvm::SmallString<128> file(folder);
      path::append(file, name);
      if (!llvm::sys::fs::is_regular_file(file))
        continue;
      llvm::Expected<std::optional<FileSettings>> settings =
          readConfigurationFile(file);
      if (settings && *settings)
        return settings;
      if (settings)
        continue;
      if (name == "looplint.toml" || mentionsLooplint(file))
        return settings;
      warnings.push_back(llvm::toString(settings.takeError()));
    }
  return std::nullopt;
}
