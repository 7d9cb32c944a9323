/// How the minute log gets onto flash and back.

#include <algorithm>

#include "minute_log.h"

namespace esphome::retrostep {

namespace {

constexpr uint32_t HEAD_FORMAT = 0x52534831U;   // "RSH1"
constexpr uint32_t BLOCK_FORMAT = 0x52534231U;  // "RSB1"
/// Clients know no integer beyond 31 bits.
constexpr uint32_t MOST_ID = 0x7FFFFFFFU;
/// Blocks dated in one save: 4 writes, so that a save stays within a stance pause.
constexpr int JOB_BLOCKS_PER_SAVE = 2;

uint32_t slot_of(uint32_t first_seq) {
  return MinuteStore::FIRST_BLOCK_SLOT + (first_seq - 1) / BLOCK_ROWS % MinuteStore::RING_BLOCKS;
}

template <typename Record>
uint32_t check_of(const Record &record) {
  return record_check(&record, offsetof(Record, check));
}

}  // namespace

void MinuteLog::start(uint32_t random_id) {
  log_ = std::max(uint32_t{1}, random_id & MOST_ID);
  unsaved_notes_ = true;
}

bool MinuteLog::resume() {
  if (!load_head_()) return false;
  // Undated rows of an earlier boot never get a date any more, unless it was found just before the end.
  if (open_.has_steps() && open_.undated()) {
    close_row_();
    undated_from_ = 0;
  }
  while (job_.active() && advance_job_()) {
  }
  return true;
}

bool MinuteLog::load_head_() {
  HeadRecord best;
  bool found = false;
  for (uint32_t slot = 0; slot < MinuteStore::HEAD_SLOTS; slot++) {
    HeadRecord head;
    if (!store_.load(slot, &head, sizeof(head)) || head.format != HEAD_FORMAT || head.check != check_of(head))
      continue;
    if (found && head.generation < best.generation) continue;
    best = head;
    found = true;
  }
  if (!found) return false;
  log_ = best.log;
  generation_ = best.generation;
  next_seq_ = saved_seq_ = best.next_seq;
  acknowledged_ = best.acknowledged;
  job_ = best.job;
  totals_ = best.totals;
  open_ = best.open;
  closed_ = totals_.rounded();
  closed_ -= open_.counts();
  tail_size_ = (next_seq_ - 1) % BLOCK_ROWS;
  std::copy_n(best.tail.begin(), tail_size_, tail_.begin());
  return true;
}

bool MinuteLog::save() {
  if (!save_blocks_() || !save_head_()) return false;
  for (int i = 0; i < JOB_BLOCKS_PER_SAVE && job_.active(); i++) {
    if (!advance_job_()) return false;
  }
  return true;
}

bool MinuteLog::save_blocks_() {
  while (tail_size_ >= BLOCK_ROWS) {
    BlockRecord block;
    block.first_seq = tail_first_seq_();
    block.before = counts_before_(block.first_seq);
    std::copy_n(tail_.begin(), BLOCK_ROWS, block.rows.begin());
    if (!save_block_(block, slot_of(block.first_seq))) return false;
    std::copy(tail_.begin() + BLOCK_ROWS, tail_.begin() + static_cast<ptrdiff_t>(tail_size_), tail_.begin());
    tail_size_ -= BLOCK_ROWS;
  }
  return true;
}

bool MinuteLog::save_head_() {
  HeadRecord head;
  head.format = HEAD_FORMAT;
  head.log = log_;
  head.generation = generation_ + 1;
  head.next_seq = next_seq_;
  head.acknowledged = acknowledged_;
  head.job = job_;
  head.totals = totals_;
  head.open = open_;
  std::copy_n(tail_.begin(), tail_size_, head.tail.begin());
  head.check = check_of(head);
  // The other head stays as it is: a torn write costs this save only.
  if (!store_.save(head.generation % MinuteStore::HEAD_SLOTS, &head, sizeof(head)) || !store_.sync())
    return false;
  generation_ = head.generation;
  saved_seq_ = next_seq_;
  unsaved_steps_ = unsaved_notes_ = false;
  return true;
}

bool MinuteLog::save_block_(const BlockRecord &block, uint32_t slot) {
  BlockRecord record = block;
  record.format = BLOCK_FORMAT;
  record.log = log_;
  record.check = check_of(record);
  return store_.save(slot, &record, sizeof(record)) && store_.sync();
}

bool MinuteLog::load_record_(uint32_t slot, BlockRecord &block) const {
  return store_.load(slot, &block, sizeof(block)) && block.format == BLOCK_FORMAT && block.log == log_ &&
         block.check == check_of(block);
}

bool MinuteLog::load_block_(uint32_t first_seq, BlockRecord &block) const {
  return load_record_(slot_of(first_seq), block) && block.first_seq == first_seq;
}

bool MinuteLog::repair_torn_block_() {
  BlockRecord scratch, block;
  if (!load_record_(MinuteStore::SCRATCH_SLOT, scratch)) return true;
  const uint32_t slot = slot_of(scratch.first_seq);
  return load_record_(slot, block) || save_block_(scratch, slot);
}

bool MinuteLog::advance_job_() {
  const uint32_t first_seq = block_begin(job_.from);
  // A block torn while it was being dated is still whole in the scratch place, which is needed now.
  if (!repair_torn_block_()) return false;
  BlockRecord block;
  if (load_block_(first_seq, block)) {
    for (uint32_t i = 0; i < BLOCK_ROWS; i++) {
      const uint32_t seq = first_seq + i;
      if (seq >= job_.from && seq < job_.to && block.rows[i].undated())
        date_row(block.rows[i], job_.offset_s);
    }
    if (!save_block_(block, MinuteStore::SCRATCH_SLOT) || !save_block_(block, slot_of(first_seq)))
      return false;
  }
  job_.from = std::min(first_seq + BLOCK_ROWS, job_.to);
  unsaved_notes_ = true;
  return true;
}

}  // namespace esphome::retrostep
