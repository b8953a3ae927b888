/*
 * master_hang_judge.h — whether a worker hangs, told from what is seen of it
 * from time to time. It looks at nothing itself.
 *
 * A worker that waits for something to do is well. One that is at work on the
 * same turn at look after look has used up its time when what is held against
 * it reaches the limit. That is at most the time from one look to the next as
 * it is meant to be, so that a master that was stopped, or had no CPU, does not
 * end everybody at its first look after that; and of a worker that could run,
 * no more than the CPU that it had, so that a busy machine is not taken for a
 * loop without an end.
 */
#ifndef NETLAB_MASTER_MASTER_HANG_JUDGE_H
#define NETLAB_MASTER_MASTER_HANG_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

/* What the kernel says of a process; proc(5), /proc/PID/stat. */
enum master_hang_state {
	MASTER_HANG_UNKNOWN, /* it does not say */
	MASTER_HANG_RUNS,    /* or would, if there were a CPU for it */
	MASTER_HANG_WAITS,   /* in a system call */
	MASTER_HANG_STOPPED, /* by a signal, or by a debugger */
	MASTER_HANG_DISK,    /* for a disk or a file server: no signal ends
	                        that */
};

/* One look at a worker. */
struct master_hang_look {
	uint64_t turn; /* stats_slot.turn */
	enum master_hang_state state;
	uint64_t cpu_ms;    /* that it has used since it was forked */
	uint64_t passed_ms; /* from one look to the next, as it is meant to be:
	                       more than that proves nothing */
};

/* What is known of a worker from the looks before; all zeros at its fork. */
struct master_hang_record {
	uint64_t turn;      /* at the last look; even: it waited */
	uint64_t cpu_ms;    /* at the last look */
	uint64_t own_ms;    /* this turn, as it counts against the limit */
	uint64_t burnt_ms;  /* CPU that this turn has used */
	uint64_t others_ms; /* this turn, while it could do nothing for it */
	bool is_told;       /* … as the log knows */
	bool is_over;       /* HANGS has been said */
};

enum master_hang_verdict {
	MASTER_HANG_WELL,
	MASTER_HANG_HELD,  /* as long as the limit, by others: once a turn */
	MASTER_HANG_HANGS, /* once */
};

/* Adds LOOK to RECORD. LIMIT_MS is more than 0. */
enum master_hang_verdict master_hang_judge(struct master_hang_record *record,
    const struct master_hang_look *look, uint64_t limit_ms);

/* The state in STAT, the text of /proc/PID/stat; UNKNOWN where it has none. */
enum master_hang_state master_hang_judge_state(const char *stat);

#endif
