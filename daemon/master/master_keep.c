/* master_keep.c — workers that outlive a reload. */
#include "master/master_keep.h"

#include "core/control.h"
#include "master/master_backoff.h"
#include "master/master_listen.h"
#include "service.h"

#include <errno.h>
#include <string.h>

bool
master_keep_is_for(enum role role)
{
	for (unsigned i = 0; i < services_count; i++)
		if (services[i]->role == role &&
		    (services[i]->needs & NEED_ONE_WORKER) != 0)
			return true;
	return false;
}

uint32_t
master_keep_parts(enum role role)
{
	uint32_t parts = 1U << IMAGE_PART_SETTINGS;

	for (unsigned i = 0; i < services_count; i++)
		if (services[i]->role == role)
			parts |= 1U << (IMAGE_PART_SERVICE + i);
	return parts;
}

/* What load() wrote for service INDEX is the same. Descriptors cannot be
 * compared: two of one path may be of two files. */
static bool
is_same_part(const struct master_generation *old,
    const struct master_generation *new, unsigned index)
{
	struct span a = image_part(&old->image, IMAGE_PART_SERVICE + index);
	struct span b = image_part(&new->image, IMAGE_PART_SERVICE + index);

	return old->loaded.file_count[index] == 0 &&
	       new->loaded.file_count[index] == 0 && a.len == b.len &&
	       (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* All that a worker of ROLE has from its generation, but for what it can be
 * told (CONTROL_KEEP). */
static bool
is_unchanged(const struct master *master, const struct master_generation *old,
    const struct master_generation *new, enum role role)
{
	for (unsigned i = 0; i < services_count; i++)
		if (services[i]->role == role && !is_same_part(old, new, i))
			return false;
	const struct settings *one = old->settings, *other = new->settings;

	return one->log_facility == other->log_facility &&
	       memcmp(&one->roles[role], &other->roles[role],
	           sizeof(one->roles[role])) == 0 &&
	       master_listen_is_settled(master, role);
}

/* A slot that waits, or whose worker has not come up yet, is nobody's loss. */
static bool
are_ready(const struct master_generation *generation, enum role role)
{
	uint32_t workers = generation->settings->roles[role].workers;

	for (unsigned slot = 0; slot < workers; slot++) {
		const struct master_worker *worker =
		    generation->slots[role][slot].worker;

		if (worker == NULL || worker->phase != MASTER_PHASE_READY)
			return false;
	}
	return workers > 0;
}

static void
move(struct master_generation *from, struct master_generation *to,
    enum role role)
{
	for (unsigned slot = 0; slot < SETTINGS_WORKERS_MAX; slot++) {
		struct master_slot *old = &from->slots[role][slot];
		struct master_slot *new = &to->slots[role][slot];

		*new = *old;
		*old = (struct master_slot){0};
		if (new->worker == NULL)
			continue;
		new->worker->generation = to;
		from->users--;
		to->users++;
	}
}

void
master_keep_begin(struct master *master)
{
	struct master_generation *old = master->current;
	struct master_generation *new = master->upcoming;

	master_assert(master);
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		enum role role = (enum role)i;

		new->is_kept[i] = master_keep_is_for(role) &&
		                  are_ready(old, role) &&
		                  is_unchanged(master, old, new, role);
		if (new->is_kept[i])
			move(old, new, role);
	}
}

/* The death that has made the reload fail has left its slot without a worker,
 * as those of a generation that goes are. */
static void
refill(struct master_generation *generation, enum role role)
{
	uint32_t workers = generation->settings->roles[role].workers;

	for (unsigned slot = 0; slot < workers; slot++) {
		struct master_slot *place = &generation->slots[role][slot];

		if (place->worker == NULL && place->respawn_at_ms == 0)
			place->respawn_at_ms =
			    master_now_ms() + MASTER_BACKOFF_FIRST_MS;
	}
}

void
master_keep_undo(struct master *master)
{
	struct master_generation *upcoming = master->upcoming;

	master_assert(master);
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		if (!upcoming->is_kept[i])
			continue;
		upcoming->is_kept[i] = false;
		move(upcoming, master->current, (enum role)i);
		refill(master->current, (enum role)i);
	}
}

static void
tell(const struct master_worker *worker, int settings)
{
	const struct control_message message = {
	    .kind = CONTROL_KEEP,
	    .socket_count = 1,
	    .sockets = {{.fd = settings}},
	};

	log_info("%s worker %u (pid %d) stays: nothing changes for it",
	    settings_role_name(worker->role), worker->slot, (int)worker->pid);
	/* One without a control socket is dying. */
	if (worker->control.fd != -1 &&
	    !control_send(worker->control.fd, &message))
		log_warn("%s worker %u cannot be told of a reload: %s",
		    settings_role_name(worker->role), worker->slot,
		    strerror(errno));
}

static void
tell_role(
    const struct master_generation *generation, enum role role, int settings)
{
	uint32_t workers = generation->settings->roles[role].workers;

	for (unsigned slot = 0; slot < workers; slot++)
		if (generation->slots[role][slot].worker != NULL)
			tell(generation->slots[role][slot].worker, settings);
}

void
master_keep_commit(struct master *master)
{
	struct master_generation *current = master->current;
	int settings = -1;

	master_assert(master);
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		if (!current->is_kept[i])
			continue;
		current->is_kept[i] = false;
		if (settings == -1)
			settings = image_excerpt(
			    &current->image, 1U << IMAGE_PART_SETTINGS);
		if (settings == -1)
			log_warn("no memory to tell of a reload: %s",
			    strerror(errno));
		else
			tell_role(current, (enum role)i, settings);
	}
	if (settings != -1)
		close(settings);
}
