/* master_pool.c — the workers: forked, minded, killed. */
#include "master/master_pool.h"

#include "core/control.h"
#include "master/master_backoff.h"
#include "master/master_child.h"
#include "master/master_lend.h"
#include "master/master_loop.h"
#include "master/master_state.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static void
add(struct master *master, struct master_worker *worker)
{
	worker->next = master->workers;
	master->workers = worker;
	worker->generation->users++;
	master->counters_used[worker->counters] = true;
	if (master->counters_end <= worker->counters)
		master->counters_end = worker->counters + 1;
	master_slot_of(worker)->worker = worker;
	master_slot_of(worker)->respawn_at_ms = 0;
}

/* A stats slot that no living process writes; STATS_SLOT_MAX: none. */
static unsigned
free_counters(const struct master *master)
{
	unsigned index = 0;

	while (index < STATS_SLOT_MAX && master->counters_used[index])
		index++;
	return index;
}

static bool
spawn(struct master *master, struct master_generation *generation,
    enum role role, unsigned slot)
{
	struct master_worker *worker = calloc(1, sizeof(*worker));

	if (worker == NULL)
		return false;
	*worker = (struct master_worker){
	    .control = {.fd = -1, .kind = MASTER_SOURCE_WORKER},
	    .role = role,
	    .slot = slot,
	    .generation = generation,
	    .counters = free_counters(master),
	    .started_ms = master_now_ms(),
	};
	if (worker->counters == STATS_SLOT_MAX ||
	    !master_child_fork(master, worker)) {
		log_error("%s worker %u cannot be forked: %s",
		    settings_role_name(role), slot, strerror(errno));
		free(worker);
		return false;
	}
	add(master, worker);
	if (!master_loop_watch(master, &worker->control))
		log_error("epoll_ctl: %s", strerror(errno));
	log_debug("%s worker %u is pid %d", settings_role_name(role), slot,
	    (int)worker->pid);
	return true;
}

bool
master_pool_take(struct master *master, struct master_generation *generation,
    const struct master_worker *like)
{
	struct master_worker *worker = malloc(sizeof(*worker));

	master_assert(master);
	if (worker == NULL)
		return false;
	*worker = *like;
	worker->generation = generation;
	worker->next = master->workers;
	master->workers = worker;
	generation->users++;
	if (!master_loop_watch(master, &worker->control))
		log_error("epoll_ctl: %s", strerror(errno));
	return true;
}

bool
master_pool_fork(struct master *master, struct master_generation *generation)
{
	master_assert(master);
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		for (unsigned slot = 0;
		     slot < generation->settings->roles[role].workers; slot++)
			if (!generation->is_kept[role] &&
			    !spawn(master, generation, (enum role)role, slot))
				return false;
	return true;
}

void
master_pool_fill(struct master *master, struct master_generation *generation,
    enum role role, unsigned slot, uint32_t delay_ms)
{
	struct master_slot *place = &generation->slots[role][slot];

	master_assert(master);
	if (delay_ms == 0 && spawn(master, generation, role, slot)) {
		master->restarts[role][slot]++;
		return;
	}
	if (delay_ms == 0)
		delay_ms = master_backoff_delay_ms(&place->failures, 0, false);
	if (delay_ms == 0)
		delay_ms = MASTER_BACKOFF_FIRST_MS;
	place->respawn_at_ms = master_now_ms() + delay_ms;
	master_lend_out(master, generation, role, slot);
}

static void
tick_generation(struct master *master, struct master_generation *generation,
    uint64_t now_ms)
{
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		for (unsigned slot = 0;
		     slot < generation->settings->roles[role].workers; slot++) {
			const struct master_slot *place =
			    &generation->slots[role][slot];

			if (place->respawn_at_ms != 0 &&
			    place->respawn_at_ms <= now_ms)
				master_pool_fill(master, generation,
				    (enum role)role, slot, 0);
		}
}

void
master_pool_tick(struct master *master, uint64_t now_ms)
{
	master_assert(master);
	for (struct master_worker *worker = master->workers; worker != NULL;
	     worker = worker->next) {
		if (worker->kill_at_ms == 0 || worker->kill_at_ms > now_ms)
			continue;
		log_warn("%s worker %u (pid %d) does not end: killed",
		    settings_role_name(worker->role), worker->slot,
		    (int)worker->pid);
		kill(worker->pid, SIGKILL);
		worker->kill_at_ms = 0;
	}
	if (master->state == MASTER_STOPPING)
		return;
	if (master->current != NULL)
		tick_generation(master, master->current, now_ms);
	if (master->upcoming != NULL)
		tick_generation(master, master->upcoming, now_ms);
}

static uint64_t
next_respawn_ms(const struct master_generation *generation)
{
	uint64_t next = UINT64_MAX;

	for (unsigned role = 0; generation != NULL && role < ROLE_COUNT; role++)
		for (unsigned slot = 0;
		     slot < generation->settings->roles[role].workers; slot++) {
			uint64_t at =
			    generation->slots[role][slot].respawn_at_ms;

			if (at != 0 && at < next)
				next = at;
		}
	return next;
}

uint64_t
master_pool_next_ms(const struct master *master)
{
	uint64_t next = UINT64_MAX, respawn_ms;

	for (const struct master_worker *worker = master->workers;
	     worker != NULL; worker = worker->next)
		if (worker->kill_at_ms != 0 && worker->kill_at_ms < next)
			next = worker->kill_at_ms;
	if (master->state == MASTER_STOPPING)
		return next;
	respawn_ms = next_respawn_ms(master->current);
	if (respawn_ms < next)
		next = respawn_ms;
	respawn_ms = next_respawn_ms(master->upcoming);
	return respawn_ms < next ? respawn_ms : next;
}

/* READY: the borrower of its sockets gives them back, and whoever waits for
 * the whole generation may be able to go on. */
static void
ready(struct master *master, struct master_worker *worker)
{
	struct master_slot *slot = master_slot_of(worker);

	if (worker->phase != MASTER_PHASE_STARTING)
		return;
	worker->phase = MASTER_PHASE_READY;
	if (slot->borrower != NULL)
		master_lend_recall(
		    worker->generation, worker->role, worker->slot);
	if (master_pool_is_ready(worker->generation))
		master_state_event(master, MASTER_EVENT_WORKERS_READY);
}

void
master_pool_receive(struct master *master, struct master_source *source)
{
	struct master_worker *worker = (void *)source;
	struct control_message message;
	int result = control_receive(source->fd, &message);

	if (result == 1) {
		if (message.kind == CONTROL_READY)
			ready(master, worker);
		for (uint32_t i = 0; i < message.socket_count; i++)
			close(message.sockets[i].fd);
		return;
	}
	if (result == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	/* It is dying, or talks nonsense: SIGCHLD says more, or never comes
	 * without our help. */
	if (result == -1)
		kill(worker->pid, SIGKILL);
	master_loop_forget(master, source);
}

unsigned
master_pool_size(const struct master_generation *generation)
{
	unsigned size = 0;

	for (unsigned role = 0; role < ROLE_COUNT; role++)
		size += generation->settings->roles[role].workers;
	return size;
}

bool
master_pool_is_ready(const struct master_generation *generation)
{
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		for (unsigned slot = 0;
		     slot < generation->settings->roles[role].workers; slot++) {
			const struct master_worker *worker =
			    generation->slots[role][slot].worker;

			if (worker == NULL ||
			    worker->phase != MASTER_PHASE_READY)
				return false;
		}
	return true;
}

void
master_pool_kill(
    struct master *master, const struct master_generation *generation)
{
	master_assert(master);
	for (struct master_worker *worker = master->workers; worker != NULL;
	     worker = worker->next) {
		if (generation != NULL && worker->generation != generation)
			continue;
		worker->phase = MASTER_PHASE_DRAINING;
		kill(worker->pid, SIGKILL);
	}
}
