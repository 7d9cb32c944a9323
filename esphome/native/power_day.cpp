// A day of a pod under its power plan, second by second: how long it is in which state.
// Usage: power_day PROFILE SEED STIR_S; prints one JSON object.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

#include "power_plan.h"

using namespace esphome::pod_power;

namespace {

constexpr uint32_t DAY_S = 86400;
constexpr uint32_t MIDNIGHT = 1790000000 / DAY_S * DAY_S;
constexpr uint32_t WORN_FROM_S = 8 * 3600, WORN_TO_S = 22 * 3600;
constexpr uint32_t WALKED_S = 2 * 3600;
/// Bouts of 20 s to 6 min: 40 or so a day.
constexpr uint32_t MIN_BOUT_S = 20, MAX_BOUT_S = 360;
constexpr uint32_t JOIN_S = 3, FETCH_S = 2, BOOT_S = 1;
/// A chip in light sleep looks at its IMU more seldom when the foot has been still for so long.
constexpr uint32_t RESTS_S = 10;

struct Second {
  bool walks{false}, stirs{false};
};

/// `stir_s`: a sitting foot stirs so often in the mean.
std::vector<Second> make_day(unsigned seed, double stir_s) {
  std::mt19937 random(seed);
  const auto below = [&random](uint32_t n) { return static_cast<uint32_t>(random() % n); };
  std::vector<Second> day(DAY_S);
  for (uint32_t walked = 0; walked < WALKED_S;) {
    const uint32_t bout = MIN_BOUT_S + below(MAX_BOUT_S - MIN_BOUT_S);
    const uint32_t start = WORN_FROM_S + below(WORN_TO_S - WORN_FROM_S - bout);
    for (uint32_t s = start; s < start + bout && walked < WALKED_S; s++) {
      walked += !day[s].walks;
      day[s].walks = true;
    }
  }
  for (uint32_t s = WORN_FROM_S; s < WORN_TO_S; s++) day[s].stirs = below(1000000) < 1e6 / stir_s;
  // Put on and put off.
  day[WORN_FROM_S].stirs = day[WORN_TO_S - 1].stirs = true;
  return day;
}

struct Spent {
  uint32_t joining_s{0}, connected_s{0}, awake_s{0}, asleep_s{0}, moving_s{0};
  uint32_t wakes{0}, rounds{0}, bouts{0}, bouts_begun_asleep{0};
  /// Of each hour, as long as the pod is not asleep: its foot moves, or rests.
  std::array<uint32_t, 24> moving_by_hour{}, resting_by_hour{};
};

/// Yesterday went the same way, so that the day begins as it ends.
Spent live(const std::vector<Second> &day, PowerProfile profile) {
  Spent spent;
  PowerPlan plan(profile, 900,
                 {.synced_s = MIDNIGHT, .moved_s = MIDNIGHT, .failed = 0, .worn = true, .reserved = {}},
                 Wake::MOTION);
  uint32_t up = 0, still = 0, steps = 0, waiting = 0, radio = 0, booting = 0, wake_at = 0;
  bool asleep = false, minute_walked = false;
  for (uint32_t n = 0; n < 2 * DAY_S; n++) {
    const uint32_t s = n % DAY_S;
    if (n == DAY_S) spent = {};
    const bool moves = day[s].walks || day[s].stirs;
    const bool starts = day[s].walks && !day[s == 0 ? DAY_S - 1 : s - 1].walks;
    spent.bouts += starts;
    if (asleep) {
      if (!moves && (wake_at == 0 || n < wake_at)) {
        spent.asleep_s++;
        continue;
      }
      spent.bouts_begun_asleep += starts;
      spent.wakes++;
      plan = PowerPlan(profile, 900, plan.memory(), moves ? Wake::MOTION : Wake::TIMER);
      asleep = false;
      up = still = radio = 0;
      booting = BOOT_S;
    }
    if (booting > 0) {
      booting--;
      spent.awake_s++;
      continue;
    }
    still = moves ? 0 : still + 1;
    spent.moving_s += still < RESTS_S;
    (still < RESTS_S ? spent.moving_by_hour : spent.resting_by_hour)[s / 3600]++;
    steps += 2 * day[s].walks;
    minute_walked = minute_walked || day[s].walks;
    if (s % 60 == 59) {
      waiting += minute_walked;
      minute_walked = false;
    }
    const bool connected = radio > JOIN_S;
    if (radio > JOIN_S + FETCH_S) waiting = 0;
    const auto order = plan.step({.up_s = up++,
                                  .epoch_s = MIDNIGHT + n,
                                  .still_s = still,
                                  .walking = day[s].walks,
                                  .steps = steps,
                                  .waiting = waiting,
                                  .connected = connected,
                                  .stay_awake = false});
    spent.rounds += order.radio && radio == 0;
    radio = order.radio ? radio + 1 : 0;
    (radio == 0 ? spent.awake_s : connected ? spent.connected_s : spent.joining_s)++;
    asleep = order.sleep;
    wake_at = order.for_s == 0 ? 0 : n + order.for_s;
  }
  return spent;
}

void print(const char *name, const std::array<uint32_t, 24> &hours) {
  printf(",\"%s\":[", name);
  for (size_t hour = 0; hour < hours.size(); hour++) printf(hour == 0 ? "%u" : ",%u", hours[hour]);
  printf("]");
}

}  // namespace

int main(int count, char **words) {
  if (count != 4) return 2;
  const auto day = make_day(static_cast<unsigned>(atoi(words[2])), atof(words[3]));
  const auto profile = strcmp(words[1], "endurance") == 0 ? PowerProfile::ENDURANCE : PowerProfile::BALANCED;
  const Spent spent = live(day, profile);
  printf(
      "{\"joining_s\":%u,\"connected_s\":%u,\"awake_s\":%u,\"asleep_s\":%u,\"moving_s\":%u,\"wakes\":%u,"
      "\"rounds\":%u,"
      "\"bouts\":%u,\"bouts_begun_asleep\":%u",
      spent.joining_s, spent.connected_s, spent.awake_s, spent.asleep_s, spent.moving_s, spent.wakes,
      spent.rounds, spent.bouts, spent.bouts_begun_asleep);
  print("moving_by_hour", spent.moving_by_hour);
  print("resting_by_hour", spent.resting_by_hour);
  printf("}\n");
}
