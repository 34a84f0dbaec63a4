function __sdp
    set --local items (env _SDP_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args _TYPER_COMPLETE_ARGS=(commandline --cut-at-cursor --current-process | string collect) sdp 2>/dev/null)
    set --local option (commandline --current-token --cut-at-cursor | string match --regex '^--[^=]*=')
    if set --query items[1]
        printf '%s\n' "$option"$items
    else
        __fish_complete_path (commandline --current-token)
    end
end
complete --command sdp --no-files --arguments '(__sdp)'
