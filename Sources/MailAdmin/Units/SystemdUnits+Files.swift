// swift-format-ignore-file
// Made by UnitTests from share/systemd.
extension SystemdUnit {
    package static let all: [SystemdUnit] = [
        SystemdUnit(
            name: "certificate.conf",
            text: #"""
                # For /etc/systemd/system/posthus.service.d/certificate.conf: the private key stays readable for root alone. In mail.conf:
                #   [tls]
                #   certificate = "${CREDENTIALS_DIRECTORY}/certificate.pem"
                #   key = "${CREDENTIALS_DIRECTORY}/key.pem"
                # systemd copies them when the service starts, so a renewed certificate takes a restart instead of a reload.
                [Service]
                LoadCredential=certificate.pem:/etc/letsencrypt/live/mail.example.org/fullchain.pem
                LoadCredential=key.pem:/etc/letsencrypt/live/mail.example.org/privkey.pem

                """#),
        SystemdUnit(
            name: "posthus-purge.service",
            text: #"""
                [Unit]
                Description=Remove expired mail from Trash and Junk
                Documentation=man:mail-purge(8)
                After=posthus.service time-sync.target
                ConditionPathExists=/etc/posthus/mail.conf

                [Service]
                Type=oneshot
                ExecStart=/usr/bin/mail-purge --quiet --if-locked skip --config /etc/posthus/mail.conf
                User=posthus
                Group=posthus
                UMask=0077
                Nice=10
                IOSchedulingClass=idle
                # It ends by itself after an hour, between two transactions.
                TimeoutStartSec=2h
                LimitCORE=0

                NoNewPrivileges=yes
                CapabilityBoundingSet=
                ProtectSystem=strict
                ReadWritePaths=/var/lib/posthus
                ProtectHome=yes
                PrivateTmp=yes
                PrivateDevices=yes
                PrivateMounts=yes
                PrivateNetwork=yes
                ProtectProc=invisible
                ProtectClock=yes
                ProtectHostname=yes
                ProtectKernelLogs=yes
                ProtectKernelModules=yes
                ProtectKernelTunables=yes
                ProtectControlGroups=yes
                RestrictNamespaces=yes
                RestrictRealtime=yes
                RestrictSUIDSGID=yes
                # Sockets tell the server's sessions what has gone.
                RestrictAddressFamilies=AF_UNIX
                LockPersonality=yes
                MemoryDenyWriteExecute=yes
                SystemCallArchitectures=native
                SystemCallFilter=@system-service
                SystemCallErrorNumber=EPERM

                """#),
        SystemdUnit(
            name: "posthus-purge.timer",
            text: #"""
                [Unit]
                Description=Remove expired mail from Trash and Junk every night
                Documentation=man:mail-purge(8)

                [Timer]
                OnCalendar=*-*-* 03:20
                RandomizedDelaySec=15m
                Persistent=true

                [Install]
                WantedBy=timers.target

                """#),
        SystemdUnit(
            name: "posthus-quota.service",
            text: #"""
                [Unit]
                Description=Posthus: notices to those whose mailbox is nearly full
                Documentation=man:mail-quota(8)
                ConditionPathExists=/etc/posthus/mail.conf

                [Service]
                Type=oneshot
                ExecStart=/usr/bin/mail-quota notify --quiet --config /etc/posthus/mail.conf
                User=posthus
                Group=posthus
                UMask=0077
                Nice=10
                IOSchedulingClass=idle
                TimeoutStartSec=1h

                NoNewPrivileges=yes
                CapabilityBoundingSet=
                ProtectSystem=strict
                ReadWritePaths=/var/lib/posthus
                ProtectHome=yes
                PrivateTmp=yes
                PrivateDevices=yes
                PrivateNetwork=yes
                ProtectKernelTunables=yes
                ProtectKernelModules=yes
                ProtectKernelLogs=yes
                ProtectControlGroups=yes
                ProtectClock=yes
                ProtectHostname=yes
                ProtectProc=invisible
                RestrictAddressFamilies=AF_UNIX
                RestrictNamespaces=yes
                RestrictRealtime=yes
                RestrictSUIDSGID=yes
                LockPersonality=yes
                SystemCallArchitectures=native
                SystemCallFilter=@system-service
                SystemCallFilter=~@privileged @resources
                SystemCallErrorNumber=EPERM

                """#),
        SystemdUnit(
            name: "posthus-quota.timer",
            text: #"""
                [Unit]
                Description=Posthus: look every hour whose mailbox is nearly full
                Documentation=man:mail-quota(8)

                [Timer]
                OnCalendar=hourly
                RandomizedDelaySec=5m
                Persistent=true

                [Install]
                WantedBy=timers.target

                """#),
        SystemdUnit(
            name: "posthus.service",
            text: #"""
                [Unit]
                Description=Posthus mail server
                Documentation=man:mail-serve(8) man:mail.conf(5)
                After=network-online.target time-sync.target
                Wants=network-online.target

                [Service]
                Type=notify
                NotifyAccess=main
                ExecStart=/usr/bin/mail-serve --config /etc/posthus/mail.conf
                ExecReload=/usr/bin/mail-serve --config /etc/posthus/mail.conf --reload
                User=posthus
                Group=posthus
                UMask=0077
                StateDirectory=posthus
                StateDirectoryMode=0700

                # The supervisor's loop turns and each role has a live worker, or it is started again.
                WatchdogSec=30
                Restart=always
                RestartSec=1
                # A worker out of memory is replaced; the others go on.
                OOMPolicy=continue
                # The supervisor lets sessions finish for server.drain, one minute; what is left after that is killed.
                KillMode=mixed
                TimeoutStopSec=90
                LimitNOFILE=262144
                LimitCORE=0
                TasksMax=4096

                # For ports below 1024. With posthus.socket in use both lines can go, by an empty AmbientCapabilities= and
                # CapabilityBoundingSet= in a drop-in.
                AmbientCapabilities=CAP_NET_BIND_SERVICE
                CapabilityBoundingSet=CAP_NET_BIND_SERVICE

                NoNewPrivileges=yes
                ProtectSystem=strict
                ProtectHome=yes
                PrivateTmp=yes
                PrivateDevices=yes
                PrivateMounts=yes
                ProtectProc=invisible
                ProtectClock=yes
                ProtectHostname=yes
                ProtectKernelLogs=yes
                ProtectKernelModules=yes
                ProtectKernelTunables=yes
                ProtectControlGroups=yes
                RestrictNamespaces=yes
                RestrictRealtime=yes
                RestrictSUIDSGID=yes
                RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
                RemoveIPC=yes
                LockPersonality=yes
                MemoryDenyWriteExecute=yes
                SystemCallArchitectures=native
                SystemCallFilter=@system-service
                SystemCallFilter=~@privileged @resources
                # What workers confine themselves with: Landlock, limits of their own, no capabilities. Threads set their own priority.
                SystemCallFilter=landlock_create_ruleset landlock_add_rule landlock_restrict_self setrlimit prlimit64 capset setpriority
                SystemCallErrorNumber=EPERM

                [Install]
                WantedBy=multi-user.target

                """#),
        SystemdUnit(
            name: "posthus.socket",
            text: #"""
                # systemd opens the ports: the service needs no right to, and while it restarts clients wait instead of being refused.
                # Each socket finds its listener in mail.conf by its port. With FileDescriptorName=imaps, or the name of another service, in a
                # unit of its own, a socket finds it by that name.
                [Unit]
                Description=Posthus mail server, ports
                Documentation=man:mail-serve(8)

                [Socket]
                ListenStream=0.0.0.0:25
                ListenStream=0.0.0.0:465
                ListenStream=0.0.0.0:587
                ListenStream=0.0.0.0:993
                ListenStream=0.0.0.0:995
                ListenStream=[::]:25
                ListenStream=[::]:465
                ListenStream=[::]:587
                ListenStream=[::]:993
                ListenStream=[::]:995
                BindIPv6Only=ipv6-only
                Backlog=1024

                [Install]
                WantedBy=sockets.target

                """#),
        SystemdUnit(
            name: "posthus.sysusers.conf",
            text: #"""
                # For /usr/lib/sysusers.d/posthus.conf
                u posthus - "Posthus mail server" /var/lib/posthus

                """#),
        SystemdUnit(
            name: "posthus.tmpfiles.conf",
            text: #"""
                # For /usr/lib/tmpfiles.d/posthus.conf. The keys below /etc/posthus are the administrator's; the server reads them.
                d /etc/posthus 0750 root posthus -
                d /var/lib/posthus 0700 posthus posthus -

                """#),
    ]
}
