function __mail-purge_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-purge_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-purge_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-purge_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-purge_parse_tokens -S
    set -l unparsed_tokens (__mail-purge_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-purge'
        __mail-purge_parse_subcommand 0 'config=' 'store=' 'q/quiet' 'v/verbose' 'now=' 'no-input' 'format=' 'json' 'columns=' 'sort=' 'no-header' '0/zero' 'older-than=' 'folder=+' 'account=+' 'org=+' 'from0=' 'keep-flagged' 'expunge-only' 'reclaim' 'max-time=' 'max-delete=' 'rate=' 'lock-wait=' 'if-locked=' 'y/yes' 'n/dry-run' 'messages' 'progress=' 'completion=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-purge_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-purge_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-purge_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __mail-purge_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-purge_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-purge_tokens -p)
    if test -z "$(__mail-purge_tokens -t)"
        set -l index (count (__mail-purge_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-purge' -f
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" config' -l 'config' -d 'Configuration file.' -rF
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" store' -l 'store' -d 'Folder of the store.' -rfa '(__mail-purge_complete_directories)'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge"' -l 'quiet' -s 'q' -d 'Only errors; twice: not even those.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge"' -l 'verbose' -s 'v' -d 'Say on stderr which configuration and store are used.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" now' -l 'now' -d 'Work as if it were then; only on a test store.' -rfka ''
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" no-input' -l 'no-input' -d 'Never ask.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" format' -l 'format' -d 'table, tsv, csv, json or ndjson.' -rfka 'table tsv csv json ndjson'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" json' -l 'json' -d 'The same as --format ndjson for lists, and one object for one thing.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" columns' -l 'columns' -d 'Only these columns, in this order.' -rfka ''
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" sort' -l 'sort' -d 'Sort by a column.' -rfka ''
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" no-header' -l 'no-header' -d 'No header line.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" 0 zero' -s '0' -l 'zero' -d 'Records end with NUL, values are raw.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" older-than' -l 'older-than' -d 'In there for so long, instead of what is set.' -rfka ''
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge"' -l 'folder' -d 'trash, junk, or a mailbox by name; again and again.' -rfka 'trash junk'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge"' -l 'account' -d 'Only this account, again and again.' -rfka '(__mail-purge_custom_completion ---completion -- --account (count (__mail-purge_tokens -pc)) (__mail-purge_tokens -tC))'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge"' -l 'org' -d 'Only accounts of this organisation, again and again.' -rfka '(__mail-purge_custom_completion ---completion -- --org (count (__mail-purge_tokens -pc)) (__mail-purge_tokens -tC))'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" from0' -l 'from0' -d 'Read accounts that end with NUL.' -rfka ''
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" keep-flagged' -l 'keep-flagged' -d 'Spare what is marked as important.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" expunge-only' -l 'expunge-only' -d 'Only remove; give up nothing that can still be restored.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" reclaim' -l 'reclaim' -d 'Only give up what was restorable for long enough.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" max-time' -l 'max-time' -d 'End after so long; the next run goes on.' -rfka ''
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" max-delete' -l 'max-delete' -d 'Refuse to remove more; 20% of the store without it.' -rfka ''
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" rate' -l 'rate' -d 'At most so many messages a second.' -rfka ''
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" lock-wait' -l 'lock-wait' -d 'Wait for another mail-purge to end.' -rfka ''
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" if-locked' -l 'if-locked' -d 'How to end when another mail-purge is at work.' -rfka 'fail skip'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" y yes' -l 'yes' -s 'y' -d 'Yes to a shorter time than is set, and to the clock as it is.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" dry-run n' -s 'n' -l 'dry-run' -d 'Say what would go, change nothing.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" messages' -l 'messages' -d 'With --dry-run: each message.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" progress' -l 'progress' -d 'auto, always, never or json.' -rfka 'auto always never json'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" completion' -l 'completion' -d 'Print the completion script of a shell: bash, zsh or fish.' -rfka 'bash zsh fish'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" version' -l 'version' -d 'Show the version.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_positional "mail-purge" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-purge' -n '__mail-purge_should_offer_completions_for_flags_or_options "mail-purge help" version' -l 'version' -d 'Show the version.'
