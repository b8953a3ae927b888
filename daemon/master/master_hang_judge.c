/* master_hang_judge.c — whether a worker hangs. */
#include "master/master_hang_judge.h"

#include <string.h>

enum master_hang_state
master_hang_judge_state(const char *stat)
{
	/* "PID (NAME) STATE …"; the name may be anything. */
	const char *name_end = strrchr(stat, ')');

	if (name_end == NULL || name_end[1] != ' ' || name_end[2] == '\0')
		return MASTER_HANG_UNKNOWN;
	switch (name_end[2]) {
	case 'R':
		return MASTER_HANG_RUNS;
	case 'T':
	case 't':
		return MASTER_HANG_STOPPED;
	case 'D':
		return MASTER_HANG_DISK;
	default:
		return MASTER_HANG_WAITS;
	}
}

static uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* What of the time since the last look counts against the worker. */
static uint64_t
own_share(const struct master_hang_look *look, uint64_t burnt_ms)
{
	switch (look->state) {
	case MASTER_HANG_UNKNOWN:
		if (burnt_ms == 0)
			return look->passed_ms;
		return least(burnt_ms, look->passed_ms);
	case MASTER_HANG_RUNS:
		return least(burnt_ms, look->passed_ms);
	case MASTER_HANG_WAITS:
		return look->passed_ms;
	case MASTER_HANG_STOPPED:
	case MASTER_HANG_DISK:
		break;
	}
	return 0;
}

enum master_hang_verdict
master_hang_judge(struct master_hang_record *record,
    const struct master_hang_look *look, uint64_t limit_ms)
{
	if (record->is_over)
		return MASTER_HANG_WELL;
	if (look->turn % 2 == 0 || look->turn != record->turn) {
		*record = (struct master_hang_record){
		    .turn = look->turn,
		    .cpu_ms = look->cpu_ms,
		};
		return MASTER_HANG_WELL;
	}
	/* It is 0 where it cannot be told. */
	uint64_t burnt_ms =
	    look->cpu_ms > record->cpu_ms ? look->cpu_ms - record->cpu_ms : 0;
	uint64_t own_ms = own_share(look, burnt_ms);

	record->cpu_ms = look->cpu_ms;
	record->burnt_ms += burnt_ms;
	record->own_ms += own_ms;
	record->others_ms += look->passed_ms - own_ms;
	/* Not while it is held: it may be about to go on. */
	if (record->own_ms >= limit_ms && own_ms > 0) {
		record->is_over = true;
		return MASTER_HANG_HANGS;
	}
	if (record->others_ms >= limit_ms && !record->is_told) {
		record->is_told = true;
		return MASTER_HANG_HELD;
	}
	return MASTER_HANG_WELL;
}
