/*
 * settings.h — what master and workers themselves need of netlabd.conf: part 0
 * of the image, plain data without pointers. Written by the loader.
 */
#ifndef NETLAB_CORE_SETTINGS_H
#define NETLAB_CORE_SETTINGS_H

#include "core/addr.h"
#include "core/image.h"
#include "core/prefix.h"

#include <stdbool.h>
#include <stdint.h>

enum role {
	ROLE_HTTP,
	ROLE_DNS,
	ROLE_TIME,
	ROLE_LAB,
	ROLE_CHAT,
};

enum {
	ROLE_COUNT = 5,
	SETTINGS_NAME_MAX = 64,
	SETTINGS_PATH_MAX = 512,
	SETTINGS_LISTEN_MAX = 128,
	SETTINGS_WORKERS_MAX = 64, /* per role */
	SETTINGS_PREFIX_MAX = 32,  /* in one list of addresses */
};

/* Who may get a reply that is longer than its question, from a service with
 * NEED_SHORT_REPLY. */
enum settings_amplification {
	SETTINGS_AMPLIFICATION_LOCAL, /* networks that this host is in */
	SETTINGS_AMPLIFICATION_ANY,
	SETTINGS_AMPLIFICATION_NONE,
};

/* Addresses, as a key of the file lists them. */
struct settings_prefixes {
	uint32_t count;
	struct prefix list[SETTINGS_PREFIX_MAX];
};

/* Who gets how many answers (loader/loader_limit.c). All zeros: everybody, as
 * many as are asked for. */
struct settings_limit {
	uint32_t interval_ms;   /* an address gets one answer in so long; 0: no
	                           limit */
	uint32_t burst;         /* … of which so many may come at once */
	uint32_t leak;          /* of the others, one in so many; 0: none */
	uint32_t total;         /* a second, of one service; 0: no limit */
	uint32_t amplification; /* enum settings_amplification */
	struct settings_prefixes exempt; /* from INTERVAL_MS */
	struct settings_prefixes allow, deny;
};

/* One address that a service listens on, with one transport. */
struct settings_listen {
	struct addr addr;
	uint8_t service;   /* index in the services table */
	uint8_t transport; /* enum transport */
	bool is_proxied;   /* a PROXY header begins each connection */
	uint32_t line;     /* of the configuration file, for bind errors */
};

struct settings_role {
	uint32_t workers; /* resolved: never 0 for a role that listens; 0: role
	                     unused */
	uint32_t max_connections; /* per worker */
	uint32_t max_per_address; /* of these, from one client; 0: all */
	uint32_t send_timeout;    /* seconds; see worker_output.c */
	uint32_t idle_timeout;    /* seconds; of connections for which a room
	                             has no other */
	struct settings_prefixes proxies; /* who may send a PROXY header */
	struct settings_limit limit;
};

struct settings {
	char file[SETTINGS_PATH_MAX]; /* netlabd.conf, absolute */
	char user[SETTINGS_NAME_MAX];
	char group[SETTINGS_NAME_MAX];
	char pidfile[SETTINGS_PATH_MAX]; /* absolute; "": none */
	uint32_t shutdown_timeout;       /* seconds */
	uint32_t worker_timeout;         /* seconds of one turn; 0: no limit */
	int32_t log_level;               /* LOG_ERR … LOG_DEBUG */
	int32_t log_facility;            /* LOG_DAEMON … */
	struct settings_role roles[ROLE_COUNT];
	uint32_t listen_count;
	struct settings_listen listens[SETTINGS_LISTEN_MAX];
};

/* "http", "dns", "time", "lab", "chat". */
const char *settings_role_name(enum role role);

/* The role whose section of netlabd.conf holds the keys of ROLE: itself, but
 * the lab for the chat, which is one of the lab's services in a process of its
 * own. And the section's name. */
enum role settings_role_home(enum role role);
const char *settings_role_section(enum role role);

/* The settings of a mapped image; NULL where it has none of this size. */
const struct settings *settings_of(const struct image *image);

#endif
