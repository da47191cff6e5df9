@echo off
rem {what}
chcp 65001 >nul
cd /d "%~dp0"
where pitchgen >nul 2>nul
if errorlevel 1 (
    echo {missing}
) else (
    pitchgen serve
    if not errorlevel 1 exit /b 0
)
echo {press}
pause >nul
exit /b 1
