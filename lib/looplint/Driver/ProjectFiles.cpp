//===- ProjectFiles.cpp - what a Python project says of itself ------------===//

#include "ProjectFiles.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace looplint;
namespace path = llvm::sys::path;

std::unique_ptr<llvm::MemoryBuffer>
looplint::readProjectFile(llvm::StringRef folder, llvm::StringRef name) {
  llvm::SmallString<128> file(folder);
  path::append(file, name);
  auto buffer = llvm::MemoryBuffer::getFile(file);
  return buffer ? std::move(*buffer) : nullptr;
}

std::optional<TomlValue> looplint::readPyproject(llvm::StringRef folder) {
  auto buffer = readProjectFile(folder, "pyproject.toml");
  if (!buffer)
    return std::nullopt;
  llvm::Expected<TomlValue> root = parseToml(*buffer);
  if (root)
    return std::move(*root);
  llvm::consumeError(root.takeError());
  return std::nullopt;
}

const TomlValue *looplint::lookUp(const TomlValue &root,
                                  llvm::ArrayRef<llvm::StringRef> keys) {
  const TomlValue *value = &root;
  for (llvm::StringRef key : keys) {
    value = value->kind == TomlValue::Table ? value->find(key) : nullptr;
    if (!value)
      return nullptr;
  }
  return value;
}

static bool isDotted(llvm::StringRef text) {
  return !text.empty() && llvm::all_of(text, [](char c) {
    return llvm::isAlnum(c) || c == '_' || c == '.';
  });
}

/// "package.module:function", and what may be installed with it: `[extra]`.
static void addScript(llvm::StringRef target,
                      std::vector<std::string> &scripts) {
  target = target.split('[').first.trim();
  auto [module, function] = target.split(':');
  if (isDotted(module) && isDotted(function))
    scripts.push_back(target.str());
}

static void addPyprojectScripts(llvm::StringRef folder,
                                std::vector<std::string> &scripts) {
  std::optional<TomlValue> root = readPyproject(folder);
  if (!root)
    return;
  const llvm::StringRef places[][3] = {{"project", "scripts", ""},
                                       {"project", "gui-scripts", ""},
                                       {"tool", "poetry", "scripts"}};
  for (llvm::ArrayRef<llvm::StringRef> keys : places) {
    const TomlValue *table =
        lookUp(*root, keys.drop_back(keys.back().empty() ? 1 : 0));
    if (!table)
      continue;
    for (const TomlEntry &entry : table->entries)
      addScript(entry.value.string, scripts);
  }
}

/// The lines below `console_scripts` that look like `name = module:function`.
static void addSetupScripts(llvm::StringRef folder, llvm::StringRef name,
                            std::vector<std::string> &scripts) {
  auto buffer = readProjectFile(folder, name);
  if (!buffer)
    return;
  llvm::StringRef text = buffer->getBuffer();
  std::size_t begin = text.find("console_scripts");
  text = begin == text.npos ? "" : text.drop_front(begin).split('\n').second;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    text = rest;
    auto [command, target] = line.split('=');
    std::size_t before = scripts.size();
    addScript(target.trim(" \t\r\"',]})"), scripts);
    if (scripts.size() == before && !line.trim(" \t\r\"'[{(").empty())
      return;
  }
}

std::vector<std::string> looplint::findConsoleScripts(llvm::StringRef folder) {
  std::vector<std::string> scripts;
  for (; !folder.empty() && scripts.empty();
       folder = path::parent_path(folder)) {
    addPyprojectScripts(folder, scripts);
    addSetupScripts(folder, "setup.cfg", scripts);
    addSetupScripts(folder, "setup.py", scripts);
  }
  return scripts;
}
