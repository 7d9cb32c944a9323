#include "count_mounting.h"

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

namespace esphome::retrostep {

namespace {

constexpr int VERSION = 1;

/// The text behind `"key":` of a flat JSON object.
const char *value_of(const std::string &text, const std::string &key) {
  const size_t at = text.find('"' + key + '"');
  const size_t colon = at == std::string::npos ? at : text.find_first_not_of(" \t\r\n", at + key.size() + 2);
  if (colon == std::string::npos || text[colon] != ':') throw CalibrationError("\"" + key + "\" is missing");
  return text.c_str() + colon + 1;
}

float number(const char *&at, const std::string &key) {
  char *end = nullptr;
  const float value = std::strtof(at, &end);
  if (end == at || !std::isfinite(value)) throw CalibrationError("\"" + key + "\" is not a number");
  at = end;
  return value;
}

/// Three numbers in brackets that make a unit vector.
void read_direction(const std::string &text, const std::string &key, float (&out)[3]) {
  const char *at = value_of(text, key);
  float length2 = 0;
  for (int i = 0; i < 3; ++i) {
    at += std::strspn(at, " \t\r\n");
    if (*at != (i == 0 ? '[' : ',')) throw CalibrationError("\"" + key + "\" must hold three numbers");
    ++at;
    out[i] = number(at, key);
    length2 += out[i] * out[i];
  }
  at += std::strspn(at, " \t\r\n");
  if (*at != ']') throw CalibrationError("\"" + key + "\" must hold three numbers");
  if (std::fabs(length2 - 1.0f) > 0.02f) throw CalibrationError("\"" + key + "\" must have length one");
}

}  // namespace

Mounting read_mounting(const std::string &path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  if (!file || !(content << file.rdbuf()))
    throw CalibrationError(errno ? std::strerror(errno) : "can't be read");
  const std::string text = content.str();
  const char *at = value_of(text, "version");
  const float version = number(at, "version");
  if (version != static_cast<float>(VERSION)) throw CalibrationError("is of another version; learn it again");
  Mounting mounting{};
  read_direction(text, "up", mounting.up);
  read_direction(text, "toe", mounting.toe);
  float across = 0;
  for (int i = 0; i < 3; ++i) across += mounting.up[i] * mounting.toe[i];
  if (std::fabs(across) > 0.1f) throw CalibrationError("\"up\" and \"toe\" are not at right angles");
  at = value_of(text, "confidence");
  mounting.confidence = number(at, "confidence");
  if (mounting.confidence < 0.5f || mounting.confidence > 1.0f)
    throw CalibrationError("\"confidence\" must lie between 0.5 and 1");
  at = value_of(text, "told");
  at += std::strspn(at, " \t\r\n");
  mounting.calibrated = std::strncmp(at, "true", 4) == 0;
  if (!mounting.calibrated && std::strncmp(at, "false", 5) != 0)
    throw CalibrationError("\"told\" must be true or false");
  return mounting;
}

void write_mounting(const std::string &path, const Mounting &m) {
  char text[240];
  const auto wide = [](float v) { return static_cast<double>(v); };
  std::snprintf(text, sizeof text,
                "{\"version\":%d,\"up\":[%.6f,%.6f,%.6f],\"toe\":[%.6f,%.6f,%.6f],\"confidence\":%.4f,"
                "\"told\":%s}\n",
                VERSION, wide(m.up[0]), wide(m.up[1]), wide(m.up[2]), wide(m.toe[0]), wide(m.toe[1]),
                wide(m.toe[2]), wide(m.confidence), m.calibrated ? "true" : "false");
  errno = 0;
  std::ofstream file(path, std::ios::binary);
  if (!file || !(file << text) || !file.flush())
    throw CalibrationError(errno ? std::strerror(errno) : "can't be written");
}

}  // namespace esphome::retrostep
