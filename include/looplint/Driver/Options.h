//===- Options.h - what the user asked for --------------------------------===//

#ifndef LOOPLINT_DRIVER_OPTIONS_H
#define LOOPLINT_DRIVER_OPTIONS_H

#include <optional>
#include <string>
#include <vector>

namespace looplint {

/// One request, as the command line or an editor states it. Whatever is not
/// set is decided by the configuration file, or else by the defaults.
struct Options {
  /// Files and folders; "-" is standard input. Empty: the working directory.
  std::vector<std::string> paths;
  /// What the text on standard input is called.
  std::string stdinFilename;

  /// --config; empty: searched for.
  std::string configurationFile;
  /// Codes ("LOOP201"), their beginnings ("LOOP2"), names, or "ALL".
  std::optional<std::vector<std::string>> select;
  std::vector<std::string> ignore;
  std::vector<std::string> exclude;
  std::optional<std::string> targetVersion; // "3.11"
  std::optional<std::string> confidence;    // "likely"
  std::optional<std::string> outputFormat;  // "json"
  std::vector<std::string> blockingTiers;   // "file"

  /// -p; empty: compile_commands.json is searched for.
  std::string buildFolder;
  /// Threads for reading and lowering; 0: as many as there are cores.
  unsigned jobs = 0;
  /// Seconds that the compiler front end may take for one unit of C++.
  unsigned unitTimeout = 300; // the slowest real ones take a minute
  /// Parse only the files that can matter. The result is the same.
  bool skipIrrelevant = true;
  /// Keep what files were parsed into from one run to the next, in this folder;
  /// empty: in the user's folder for caches.
  bool useCache = true;
  std::string cacheFolder;
};

} // namespace looplint

#endif // LOOPLINT_DRIVER_OPTIONS_H
