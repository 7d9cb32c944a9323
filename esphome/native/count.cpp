/// count: runs the stride core over recordings, faster than real time, and prints strides and totals.

#include <optional>
#include <vector>

#include "count_mounting.h"
#include "count_recording.h"
#include "count_report.h"
#include "stride_core.h"

namespace esphome::retrostep {

namespace {

constexpr const char *USAGE =
    "usage: count [--json] [--mount known|auto] [--calibration FILE] [--learn FILE] FILE...\n"
    "\n"
    "Counts the strides in recordings (.csv or .csv.gz); steps are strides times two.\n"
    "  --json              one JSON object a line: every stride, then the totals of the file\n"
    "  --mount auto        find out how the pod sits on the foot (default); some walking is needed for that\n"
    "  --mount known       x to the toe, y to the left, z up: for short recordings with these axes\n"
    "  --calibration FILE  start from a mounting learned before\n"
    "  --learn FILE        write the mounting learned from the one recording given\n";

constexpr float SURE_CONFIDENCE = 0.95f;  // less is worth a word when it is written to a file

struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Options {
  bool json{false};
  bool help{false};
  bool search{true};  // for the mounting
  std::string calibration, learn;
  std::vector<std::string> files;
};

Options parse(int argc, char **argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    const auto value = [&]() -> std::string {
      if (i + 1 >= argc) throw UsageError(arg + " needs a value");
      return argv[++i];
    };
    if (arg == "--json") {
      options.json = true;
    } else if (arg == "--help" || arg == "-h") {
      options.help = true;
    } else if (arg == "--mount") {
      const std::string mount = value();
      if (mount != "known" && mount != "auto") throw UsageError("--mount is known or auto, not " + mount);
      options.search = mount == "auto";
    } else if (arg == "--calibration") {
      options.calibration = value();
    } else if (arg == "--learn") {
      options.learn = value();
    } else if (arg.size() > 1 && arg[0] == '-') {
      throw UsageError("unknown option " + arg);
    } else {
      options.files.push_back(arg);
    }
  }
  if (options.help) return options;
  if (options.files.empty()) throw UsageError("no recording given");
  const bool needs_search = !options.calibration.empty() || !options.learn.empty();
  if (needs_search && !options.search)
    throw UsageError("--calibration and --learn are for --mount auto: a known mounting is not searched for");
  if (!options.learn.empty() && options.files.size() != 1)
    throw UsageError("--learn takes one recording at a time");
  return options;
}

class Counter final : public StrideSink {
 public:
  Counter(const Options &options, const std::string &file, double start_s)
      : options_(options), file_(file), start_s_(start_s) {}

  void on_stride(const Stride &stride) override {
    totals_.add(stride);
    if (options_.json) print_stride_json(file_, start_s_, stride);
  }
  const Totals &totals() const { return totals_; }

 private:
  const Options &options_;
  const std::string &file_;
  double start_s_;
  Totals totals_;
};

/// Writes what a recording told about the mounting, however unsure.
void learn(const std::string &path, const StrideCore &core) {
  Mounting mounting;
  if (!core.mounting(mounting)) throw RecordingError("holds too little walking to learn the mounting from");
  write_mounting(path, mounting);
  if (core.direction_confidence() < SURE_CONFIDENCE)
    std::fprintf(stderr, "count: %s: not sure which end is the toe (%.0f %%); more walking helps\n",
                 path.c_str(), 100.0 * static_cast<double>(core.direction_confidence()));
}

void count_file(const Options &options, const std::optional<Mounting> &calibration, const std::string &file) {
  const Recording recording = read_recording(file);
  Counter counter(options, file, recording.start_s);
  StrideCore core(counter);
  if (options.search) core.find_mounting();
  if (calibration) core.use_mounting(*calibration);
  std::optional<double> sure_s;
  for (const Sample &sample : recording.samples) {
    core.add(sample);
    if (options.search && !calibration && !sure_s && core.direction_sure())
      sure_s = recording.start_s + static_cast<double>(core.now_us()) * 1e-6;
  }
  core.finish();
  if (options.json) {
    print_total_json(file, counter.totals(), sure_s);
  } else {
    print_table_row(file, counter.totals());
    if (options.search && counter.totals().undecided_steps > 0)
      std::fprintf(stderr,
                   "count: %s: %u steps in too little walking to tell which end is the toe; --mount known "
                   "takes the axes for granted, --calibration a mounting learned before\n",
                   file.c_str(), counter.totals().undecided_steps);
  }
  if (!options.learn.empty()) learn(options.learn, core);
}

int run(int argc, char **argv) {
  Options options;
  try {
    options = parse(argc, argv);
  } catch (const UsageError &error) {
    std::fprintf(stderr, "count: %s\n\n%s", error.what(), USAGE);
    return 2;
  }
  if (options.help) {
    std::printf("%s", USAGE);
    return 0;
  }
  std::optional<Mounting> calibration;
  try {
    if (!options.calibration.empty()) calibration = read_mounting(options.calibration);
  } catch (const CalibrationError &error) {
    std::fprintf(stderr, "count: calibration %s: %s\n", options.calibration.c_str(), error.what());
    return 1;
  }
  if (!options.json) print_table_header();
  int code = 0;
  for (const std::string &file : options.files) {
    try {
      count_file(options, calibration, file);
    } catch (const RecordingError &error) {
      std::fprintf(stderr, "count: %s: %s\n", file.c_str(), error.what());
      code = 1;
    } catch (const CalibrationError &error) {
      std::fprintf(stderr, "count: %s: %s\n", options.learn.c_str(), error.what());
      code = 1;
    }
  }
  return code;
}

}  // namespace

}  // namespace esphome::retrostep

int main(int argc, char **argv) {
  return esphome::retrostep::run(argc, argv);
}
