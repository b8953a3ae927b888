/* chat_broker.h — the broker that joins the rooms of several hosts, as the
 * lab's section says: part of struct chat_settings. Written by
 * chat_load_broker.c. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_BROKER_H
#define NETLAB_SERVICES_CHAT_CHAT_BROKER_H

#include <stdbool.h>
#include <stdint.h>

enum {
	CHAT_BROKER_HOST_MAX = 256, /* with their NUL, all of these */
	CHAT_BROKER_USER_MAX = 256,
	CHAT_BROKER_PASSWORD_MAX = 256,
	CHAT_BROKER_NODE_MAX = 64,
	CHAT_BROKER_PREFIX_MAX = 128,
};

/* Text of a file, LEN bytes in the room's part of the image from AT on. */
struct chat_broker_file {
	uint32_t at, len; /* 0, 0: no such file */
};

struct chat_broker {
	char host[CHAT_BROKER_HOST_MAX]; /* name or address; "": no broker */
	char user[CHAT_BROKER_USER_MAX]; /* "": none */
	char password[CHAT_BROKER_PASSWORD_MAX];
	char node[CHAT_BROKER_NODE_MAX];     /* what this host is called */
	char prefix[CHAT_BROKER_PREFIX_MAX]; /* of all topics */
	uint16_t port;
	bool is_tls;
	bool is_address;    /* HOST is numeric */
	uint32_t keepalive; /* seconds; see chat_sys_mqtt.c */
	struct chat_broker_file ca, cert, key; /* PEM */
};

#endif
