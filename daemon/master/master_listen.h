/*
 * master_listen.h — all bound sockets: one per listen address and worker slot.
 * Each stays open for as long as a configuration names it, so that what the
 * kernel has queued on it is there for the slot's next worker.
 */
#ifndef NETLAB_MASTER_MASTER_LISTEN_H
#define NETLAB_MASTER_MASTER_LISTEN_H

#include "core/heritage.h"
#include "master/master.h"
#include "master/master_adopt.h"

/* Whose a socket is. */
enum master_origin {
	MASTER_ORIGIN_OWN,    /* opened by us, or by a program before us */
	MASTER_ORIGIN_PASSED, /* passed in: whoever did that has it as well */
	MASTER_ORIGIN_COPY,   /* of slot 0's */
};

struct master_listener {
	struct heritage_socket socket;
	enum role role;
	unsigned slot;
	enum master_origin origin;
	bool is_wanted; /* by the generation that comes up */
	bool is_fresh;  /* bound for it; unknown to the current one */
	bool is_shared; /* with other slots, or with whoever passed it in:
	                   nothing is queued on it alone */
	bool is_stored; /* the service manager has it, by its name */
	struct master_listener *next;
};

/* An address that could not be bound. */
struct master_listen_failure {
	uint32_t listen; /* index in the settings */
	int code;        /* errno */
};

/* All that went wrong; master_refusal.h has words for it. */
struct master_listen_error {
	size_t count; /* at least one */
	struct master_listen_failure list[SETTINGS_LISTEN_MAX];
};

/*
 * Binds what SETTINGS names and MASTER does not have yet, first from ADOPTED
 * (may be NULL), and marks the wanted ones. false: ERROR says what failed, all
 * addresses that others have at once, and nothing has changed.
 */
bool master_listen_open(struct master *master, const struct settings *settings,
    struct master_adopted *adopted, struct master_listen_error *error)
    __attribute__((warn_unused_result));

/* Closes what the last master_listen_open bound. */
void master_listen_abandon(struct master *master);

/* From now on the wanted ones are all there are. Returns those that are no
 * longer wanted; the caller closes them with master_listen_close. */
struct master_listener *master_listen_commit(struct master *master)
    __attribute__((warn_unused_result));

/* Whether the last master_listen_open found the sockets of ROLE as they are to
 * be: none bound, none given up. */
bool master_listen_is_settled(const struct master *master, enum role role);

/* Closes every socket of LIST and empties it. */
void master_listen_close(struct master_listener **list);

/* Moves the listeners of ROLE's SLOT from one list to the other. */
void master_listen_take(struct master_listener **from, enum role role,
    unsigned slot, struct master_listener **to);

/*
 * Copies the sockets of ROLE's SLOT to OUT, SETTINGS_LISTEN_MAX at most, and
 * returns how many: those of the upcoming generation, or of the current one.
 */
size_t master_listen_of_slot(const struct master *master, enum role role,
    unsigned slot, bool is_upcoming, struct heritage_socket *out);

/* A socket, and what it is called by whoever keeps it. */
struct master_named_socket {
	int fd;
	bool is_stored; /* the service manager has it as well */
	char name[MASTER_NAME_MAX];
};

/*
 * Fills OUT with what the next program is to find in LISTEN_FDS and
 * LISTEN_FDNAMES, MAX at most, the first slots first; returns how many. The
 * descriptors stay MASTER's. Copies are left out: it makes its own.
 */
size_t master_listen_names(
    const struct master *master, struct master_named_socket *out, size_t max);

/* Gives all sockets to UID, so that its own may join them with SO_REUSEPORT
 * after root has gone. */
void master_listen_chown(const struct master *master, uid_t uid);

#endif
