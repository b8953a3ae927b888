/*
 * chat_sys_mqtt.h — one connection to a broker: libmosquitto without its
 * threads, in the chat worker's loop. Nothing here waits. CHAT WORKER only.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_SYS_MQTT_H
#define NETLAB_SERVICES_CHAT_CHAT_SYS_MQTT_H

#include "services/chat/chat_broker.h"
#include "services/chat/chat_remote.h"
#include "services/chat/chat_sys_tls.h"

#include <stdbool.h>
#include <stdint.h>

struct chat_sys_mqtt; /* one connection */

/* What becomes of it; the hooks may publish, but not close. */
struct chat_sys_mqtt_calls {
	void (*ready)(void *context); /* connected, and subscribed to all */
	void (*received)(
	    void *context, const struct chat_remote_message *message);
	void *context;
};

/* Begins to connect to ADDRESS, numeric, as BROKER says. TLS: NULL, or what the
 * connection is made with. All are borrowed until it is closed. NULL, and WHY:
 * what is wrong, valid until the next call. */
struct chat_sys_mqtt *chat_sys_mqtt_open(const struct chat_broker *broker,
    struct chat_sys_tls *tls, const char *address,
    const struct chat_sys_mqtt_calls *calls, const char **why);

/* Drops the connection as it is: its will is done. NULL: nothing. */
void chat_sys_mqtt_drop(struct chat_sys_mqtt *mqtt);

/* Takes leave: the host's list is taken back, and the will. Then drops it. */
void chat_sys_mqtt_leave(struct chat_sys_mqtt *mqtt);

/* Its descriptor, and the events (EPOLLIN …) that it waits for. */
int chat_sys_mqtt_fd(const struct chat_sys_mqtt *mqtt);
uint32_t chat_sys_mqtt_events(const struct chat_sys_mqtt *mqtt);

/* Does what EVENTS make possible, reading some PACKETS at most. NULL, or why
 * the connection is lost: to be dropped. Valid until the next call. */
const char *chat_sys_mqtt_turn(
    struct chat_sys_mqtt *mqtt, uint32_t events, unsigned packets);

/* What is due by time, to be called each second. As chat_sys_mqtt_turn. */
const char *chat_sys_mqtt_tick(struct chat_sys_mqtt *mqtt);

/* How many more messages may be published now. */
unsigned chat_sys_mqtt_window(const struct chat_sys_mqtt *mqtt);

/* Publishes MESSAGE, copied. As chat_sys_mqtt_turn. */
const char *chat_sys_mqtt_publish(
    struct chat_sys_mqtt *mqtt, const struct chat_remote_message *message);

/* Whether the broker would not have us, as after a wrong password. */
bool chat_sys_mqtt_is_refused(const struct chat_sys_mqtt *mqtt);

#endif
