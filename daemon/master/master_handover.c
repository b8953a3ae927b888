/* master_handover.c — what a master leaves to its successor, as text. */
#include "master/master_handover.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* Of workers and sockets each; a full house has far fewer. */
	LIST_MAX = 1 << 16,
};

const char *const master_handover_works[MASTER_WORK_COUNT] = {
    [MASTER_WORK_RELOAD] = "reload",
    [MASTER_WORK_UPGRADE] = "upgrade",
};

const char *const master_handover_waits[MASTER_WAIT_COUNT] = {
    [MASTER_WAIT_NONE] = "none",
    [MASTER_WAIT_NEXT] = "next",
    [MASTER_WAIT_THIS] = "this",
};

struct master_handover
master_handover_empty(void)
{
	return (struct master_handover){.pidfile = -1, .admin = -1};
}

/* LIST of COUNT items of SIZE, one longer; PLACE: the last one, NULL: no
 * memory. Its memory doubles, rather than grow with each item. */
static void *
extend(void *list, size_t *count, size_t size, void **place)
{
	void *grown = list;

	*place = NULL;
	if (*count == LIST_MAX)
		return list;
	/* 0, or a power of two: full. */
	if ((*count & (*count - 1)) == 0)
		grown = reallocarray(list, *count == 0 ? 1 : 2 * *count, size);
	if (grown == NULL)
		return list;
	*place = (char *)grown + *count * size;
	memset(*place, 0, size);
	++*count;
	return grown;
}

struct master_handover_worker *
master_handover_add_worker(struct master_handover *handover)
{
	void *place;

	handover->workers = extend(handover->workers, &handover->worker_count,
	    sizeof(*handover->workers), &place);
	return place;
}

struct master_named_socket *
master_handover_add_socket(struct master_handover *handover)
{
	void *place;

	handover->sockets = extend(handover->sockets, &handover->socket_count,
	    sizeof(*handover->sockets), &place);
	return place;
}

void
master_handover_release(struct master_handover *handover)
{
	free(handover->workers);
	free(handover->sockets);
	*handover = master_handover_empty();
}

static void
write_lists(const struct master_handover *handover, FILE *out)
{
	for (size_t i = 0; i < handover->peer_count; i++)
		fprintf(out, "peer %d %s %s\n", handover->peers[i].fd,
		    master_handover_works[handover->peers[i].work],
		    master_handover_waits[handover->peers[i].wait]);
	for (size_t i = 0; i < handover->worker_count; i++) {
		const struct master_handover_worker *one =
		    &handover->workers[i];

		fprintf(out,
		    "worker %d %s %u %u %d %" PRIu64 " %" PRIu64 " %s\n",
		    (int)one->pid, settings_role_name(one->role), one->slot,
		    one->generation, one->control, one->started_ms,
		    one->kill_at_ms, one->is_draining ? "draining" : "ready");
	}
	for (size_t i = 0; i < handover->socket_count; i++)
		fprintf(out, "socket %d %s %s\n", handover->sockets[i].fd,
		    handover->sockets[i].is_stored ? "stored" : "new",
		    handover->sockets[i].name);
}

void
master_handover_write(const struct master_handover *handover, FILE *out)
{
	fprintf(out,
	    MASTER_HANDOVER_FIRST
	    "\nprocess %d\ngeneration %u\ntimeout %" PRIu32
	    "\nuser %s\ngroup %s\n",
	    (int)handover->pid, handover->generation, handover->timeout_ms,
	    handover->user, handover->group);
	if (handover->pidfile != -1)
		fprintf(out, "pidfile %d %s\n", handover->pidfile,
		    handover->pidfile_path);
	if (handover->admin != -1)
		fprintf(out, "admin %d\n", handover->admin);
	for (unsigned i = 0; i < MASTER_WORK_COUNT; i++)
		if (handover->is_pending[i])
			fprintf(out, "pending %s\n", master_handover_works[i]);
	write_lists(handover, out);
	fputs("end\n", out);
}
