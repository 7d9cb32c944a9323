#pragma once
/// C interface of the minute log, for tools that bring a flash of their own (fault simulation).
/// Conventions: int results are 1 for yes or success, 0 otherwise; counts are back, fwd, side, back_dm,
/// fwd_dm, back_s, fwd_s as in `total` of get_minutes.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Flash as the log sees it: numbered records of at most 255 bytes, see MinuteStore. All three may be called
/// from within any other function here, never afterwards.
typedef int (*minute_log_save_fn)(void *context, uint32_t slot, const void *data, uint32_t size);
typedef int (*minute_log_load_fn)(void *context, uint32_t slot, void *data, uint32_t size);
typedef int (*minute_log_sync_fn)(void *context);

typedef struct minute_log minute_log;

/// A pod that boots: takes up the log in the flash, or begins one named `random_id` (1 .. 2^31 - 1).
minute_log *minute_log_boot(minute_log_save_fn save, minute_log_load_fn load, minute_log_sync_fn sync,
                            void *context, uint32_t random_id);
/// The power goes: nothing is saved.
void minute_log_cut(minute_log *log);

/// A counted stride that ended at `epoch_s` (0: clock not set) and `uptime_s`.
/// direction: 1 forward, 2 backward, 3 left, 4 right
void minute_log_stride(minute_log *log, int direction, float length_m, uint32_t duration_ms, uint32_t epoch_s,
                       uint32_t uptime_s);
/// Time passes; call it at least once a second.
void minute_log_tick(minute_log *log, uint32_t epoch_s, uint32_t uptime_s);
/// Whether the pod would save now. rest_s: how long the foot has been still, negative while it moves.
int minute_log_save_due(const minute_log *log, uint32_t uptime_s, float rest_s);
int minute_log_save(minute_log *log);

/// Answers get_minutes into `out` (MINUTE_LOG_PAGE_SIZE bytes) and returns the length of the text.
uint32_t minute_log_page(minute_log *log, char *out, uint32_t log_id, int32_t after, int32_t limit,
                         uint32_t now_s);
/// Counts since the log began, open minute included: what the cumulative sensors show.
void minute_log_totals(const minute_log *log, uint32_t totals[7]);
/// Closed minutes that nobody acknowledged: the sensor Unsynced minutes.
uint32_t minute_log_unsynced(const minute_log *log);
uint32_t minute_log_id(const minute_log *log);

enum { MINUTE_LOG_PAGE_SIZE = 4000, MINUTE_LOG_SLOTS = 187 };

#ifdef __cplusplus
}
#endif
