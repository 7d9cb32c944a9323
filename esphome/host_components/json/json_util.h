#pragma once
/// The names that ESPHome's action headers mention; nothing in the pod uses them.

#include <string>

namespace esphome {

struct JsonObject {};
struct JsonObjectConst {};

namespace json {

class JsonBuilder {
 public:
  JsonObject root() { return {}; }
  std::string serialize() { return "{}"; }
};

}  // namespace json
}  // namespace esphome
